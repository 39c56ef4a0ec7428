// Goal: the stated bounds are true. How: drawn arguments against 1 324-bit fixed point, and against Math for the eye.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactExp, fixedOf, ulpsOff } from '../lab/twins/exactMath.ts';
import { exp } from './exp.ts';

const SMALLEST = 5e-324;

describe('exp', () => {
  test.each([
    ['around 0', -1, 1],
    ['over all normal results', -708, 709.7],
  ])('is within 1 ulp %s', (_where, min, max) => {
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }), (x) => {
        expect(ulpsOff(exp(x), exactExp(fixedOf(x)))).toBeLessThan(1);
      }),
      { numRuns: 1_500 },
    );
  });

  test('is within one step of the smallest double below the normal ones', () => {
    for (let x = -745.5; x < -708.3; x += 0.037) {
      expect(ulpsOff(exp(x), exactExp(fixedOf(x)))).toBeLessThanOrEqual(1);
    }
  });

  test('agrees with Math to the last bit or its neighbour', () => {
    for (let x = -700; x < 709; x += 0.0731) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(3e-16);
  });

  test.each([
    [0, 1],
    [-0, 1],
    [SMALLEST, 1],
    [1e-17, 1],
    [709.782712893384, 1.7976931348622732e308],
    [709.7827128933841, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-745.1332191019411, SMALLEST],
    [-745.1332191019412, 0],
    [-1e300, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, value) => expect(exp(x)).toBe(value));

  test('never falls when x rises by more than the rounding of two neighbours', () => {
    fc.assert(
      fc.property(fc.double({ min: -740, max: 709, noNaN: true }), (x) => {
        const further = x + Math.max(4e-16, Math.abs(x) * 4e-16);
        expect(exp(further)).toBeGreaterThanOrEqual(exp(x));
      }),
      { numRuns: 20_000 },
    );
  });
});
