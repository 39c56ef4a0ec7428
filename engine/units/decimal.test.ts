import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal, parseDecimal, readableDecimal } from './decimal.ts';

test('what is written is read back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.integer({ min: 0, max: 12 }),
      (scaled, decimals) => {
        expect(parseDecimal(formatDecimal(scaled, decimals), decimals)).toBe(scaled);
      },
    ),
  );
});

test.each(['', '1e5', '+1', ' 1', '1 ', '.5', '5.', '1,5', '１', '0x10', 'NaN', '-', '1.2.3', '٣'])(
  '%j is no plain decimal',
  (text) => expect(parseDecimal(text, 6)).toBeUndefined(),
);

test('digits beyond the scale are refused unless they are zeros', () => {
  expect(parseDecimal('1.230', 2)).toBe(123);
  expect(parseDecimal('1.231', 2)).toBeUndefined();
});

test('what leaves the safe integers is refused', () => {
  expect(parseDecimal('9007199254740993', 0)).toBeUndefined();
  expect(parseDecimal('9007199254.740991', 6)).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
  [300_000_000_000, 6, '300,000'],
  [-1_234_500_000, 6, '-1,234.5'],
  [999, 0, '999'],
  [1, 8, '0.00000001'],
])('%d at %d decimals reads %s', (scaled, decimals, text) =>
  expect(readableDecimal(scaled, decimals)).toBe(text),
);
