// Goal: the stated bounds are true to the end of the tails. How: drawn arguments against 1 324-bit fixed point; the
// table of coefficients is made again from it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as exact from '../lab/twins/exactMath.ts';
import { normalCdf, normalPdf, tailCoefficients } from './normal.ts';

const SMALLEST = 5e-324;
const wide = fc.double({ min: -37.4, max: 9, noNaN: true });

test('density and probability are within 5 and 6 ulp', () => {
  fc.assert(
    fc.property(wide, (x) => {
      expect(exact.ulpsOff(normalPdf(x), exact.exactPdf(exact.fixedOf(x)))).toBeLessThan(5);
      expect(exact.ulpsOff(normalCdf(x), exact.exactCdf(exact.fixedOf(x)))).toBeLessThan(6);
    }),
    { numRuns: 600 },
  );
  for (let x = -6; x < 0; x += 0.0173) {
    expect(exact.ulpsOff(normalCdf(x), exact.exactCdf(exact.fixedOf(x)))).toBeLessThan(6);
  }
});

test('where the normal doubles end both are within four steps of the smallest one', () => {
  for (let x = -39; x < -37.4; x += 0.0371) {
    expect(exact.ulpsOff(normalPdf(x), exact.exactPdf(exact.fixedOf(x)))).toBeLessThanOrEqual(4);
    expect(exact.ulpsOff(normalCdf(x), exact.exactCdf(exact.fixedOf(x)))).toBeLessThanOrEqual(4);
  }
});

test.each([
  [0, 0.5],
  [-0, 0.5],
  [SMALLEST, 0.5],
  [8.3, 1],
  [39.1, 1],
  [Number.POSITIVE_INFINITY, 1],
  [-38.6, 0],
  [-39.1, 0],
  [-1e300, 0],
  [Number.NEGATIVE_INFINITY, 0],
  [Number.NaN, Number.NaN],
])('the probability below %d is %d', (x, value) => {
  expect(normalCdf(x)).toBe(value);
});

test.each([
  [0, 0.3989422804014327],
  [39.1, 0],
  [Number.POSITIVE_INFINITY, 0],
  [Number.NEGATIVE_INFINITY, 0],
  [Number.NaN, Number.NaN],
])('the density at %d is %d', (x, value) => {
  expect(normalPdf(x)).toBe(value);
});

test('the probability never falls when x rises by 1e-15', () => {
  fc.assert(
    fc.property(wide, (x) => {
      expect(normalCdf(x + 1e-15 * Math.max(1, Math.abs(x)))).toBeGreaterThanOrEqual(normalCdf(x));
    }),
    { numRuns: 20_000 },
  );
});

test('what is below and what is above are one', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 40, noNaN: true }), (x) => {
      expect(normalCdf(x) + normalCdf(-x)).toBe(1);
    }),
  );
});

test('the coefficients are those of exact arithmetic', () => {
  expect(chebyshevOfTail(48).slice(0, tailCoefficients.length)).toEqual(tailCoefficients);
});

/** The series of (T − ½) ÷ v from its values at `count` Chebyshev nodes, rounded once at the end. */
function chebyshevOfTail(count: number): number[] {
  const { ONE, PI, divide, exactCdf, exactCos, exactPdf, multiply } = exact;
  const angle = (2n * PI) / BigInt(4 * count);
  const nodes = Array.from({ length: count }, (_, j) => {
    const v = ((exactCos(angle * BigInt(2 * j + 1)) + ONE) * 4n) / 9n;
    const x = divide(5n * v, ONE - v);
    const bell = multiply(exactPdf(x), exact.squareRoot(2n * PI));
    const shape = divide(multiply(exactCdf(-x), x + ONE), bell);
    return divide(shape - ONE / 2n, v);
  });
  return nodes.map((_, k) => {
    const sum = nodes.reduce(
      (total, value, j) => total + multiply(value, exactCos(angle * BigInt(k * (2 * j + 1)))),
      0n,
    );
    return exact.doubleOf((sum * (k === 0 ? 1n : 2n)) / BigInt(count));
  });
}
