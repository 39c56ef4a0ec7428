import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lotsOf, nearestTicks, priceText, readNumber, sizeText, ticksOf } from './numberInput.ts';
import { btcPerp } from './testMarket.ts';

test.each([
  ['63,101.5', '63101.5'],
  ['25k', '25000'],
  ['1.5m', '1500000'],
  ['0.00015k', '0.15'],
  ['.5', '0.5'],
  ['007', '7'],
  ['5.', '5'],
  ['1.50', '1.5'],
  [' 12 ', '12'],
])('%s reads as %s', (typed, text) => {
  expect(readNumber(typed)).toEqual({ is: 'decimal', text });
});

test.each(['-1', '1e3', '1.2.3', 'abc', '.', 'k', '٣', '1'.repeat(17), '1..2'])('%s is not read', (typed) => {
  expect(readNumber(typed)).toEqual({ is: 'unreadable' });
});

test('nothing typed is empty, not zero', () => {
  expect(readNumber('  ')).toEqual({ is: 'empty' });
});

test('a price between two ticks is off tick, and the ticks around it are known', () => {
  expect(ticksOf('63101.5', btcPerp)).toBe(631_015);
  expect(ticksOf('63101.55', btcPerp)).toBeUndefined();
  expect(nearestTicks('63101.55', btcPerp)).toEqual({ below: 631_015, above: 631_016 });
  expect(nearestTicks('3.3', { ...btcPerp, ticksPerUsd: 4 })).toEqual({ below: 13, above: 14 });
});

test('what is printed into a field reads back as the same integer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_147_483_647 }),
      fc.constantFrom(1, 4, 10, 100, 10_000, 8),
      (steps, per) => {
        const market = { ...btcPerp, ticksPerUsd: per, lotsPerUnit: per };
        expect(ticksOf(priceText(steps, market), market)).toBe(steps);
        const size = readNumber(sizeText(steps, market));
        expect(size.is === 'decimal' && lotsOf(size.text, market)).toBe(steps);
      },
    ),
  );
});
