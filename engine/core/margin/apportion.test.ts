import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('units left over go to the largest remainders, ties to the first', () => {
  expect(apportion([1.5, 2.25, -0.75], 3)).toEqual([2, 2, -1]);
  expect(apportion([0.5, 0.5], 1)).toEqual([1, 0]);
  expect(apportion([], 0)).toEqual([]);
});

const parts = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });

test('whole numbers always sum to the total and stay within a unit of their part', () => {
  void fc.assert(
    fc.property(parts, (parts) => {
      const total = Math.ceil(parts.reduce((sum, part) => sum + part, 0)) + 0;
      const whole = apportion(parts, total);
      expect(whole.reduce((sum, part) => sum + part, 0)).toBe(total);
      for (const [at, part] of whole.entries()) expect(Math.abs(part - parts[at]!)).toBeLessThan(1.000001);
    }),
  );
});
