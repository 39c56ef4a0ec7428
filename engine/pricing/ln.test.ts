// Goal: the stated bound is true. How: drawn arguments against 1 324-bit fixed point, and against Math for the eye.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactLn, fixedOf, ulpsOff } from '../lab/twins/exactMath.ts';
import { exp } from './exp.ts';
import { ln } from './ln.ts';

const SMALLEST = 5e-324;

describe('ln', () => {
  test.each([
    ['around 1', 0.5, 2],
    ['very near 1', 1 - 1e-9, 1 + 1e-9],
    ['over all normal doubles', 2.3e-308, Number.MAX_VALUE],
    ['over the subnormal ones', SMALLEST, 2.2e-308],
  ])('is within 1 ulp %s', (_where, min, max) => {
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }), (x) => {
        expect(ulpsOff(ln(x), exactLn(fixedOf(x)))).toBeLessThan(1);
      }),
      { numRuns: 1_000 },
    );
  });

  test('agrees with Math to the last bit or its neighbour', () => {
    for (let x = 0.0123; x < 1e12; x *= 1.0137) expect(Math.abs(ln(x) / Math.log(x) - 1)).toBeLessThan(3e-16);
  });

  test.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [SMALLEST, -744.4400719213812],
    [Number.MAX_VALUE, 709.782712893384],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-1, Number.NaN],
    [-SMALLEST, Number.NaN],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, value) => expect(ln(x)).toBe(value));

  test('never falls when x rises by more than the rounding of two neighbours', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(ln(x * (1 + 1e-15 * Math.max(1, Math.abs(ln(x)))))).toBeGreaterThanOrEqual(ln(x));
      }),
      { numRuns: 20_000 },
    );
  });

  test('takes exp back', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(ln(exp(x)) - x)).toBeLessThanOrEqual(2e-16 * Math.max(1, Math.abs(x)));
      }),
    );
  });
});
