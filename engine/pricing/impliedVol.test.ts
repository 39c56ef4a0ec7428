// Goal: a volatility is found wherever one exists. How: prices are made from drawn volatilities, also where they are
// almost nothing or almost the bound, and the found volatility must give the price again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { black76 } from './black76.ts';
import { exp } from './exp.ts';
import { impliedVol } from './impliedVol.ts';

const drawn = fc.tuple(
  fc.double({ min: -5, max: 12, noNaN: true }).map(exp),
  fc.double({ min: -3, max: 3, noNaN: true }).map(exp),
  fc.double({ min: -4, max: 3, noNaN: true }).map(exp),
  fc.double({ min: -9, max: 2, noNaN: true }).map(exp),
  fc.boolean(),
);

test('the volatility found gives the price again', () => {
  fc.assert(
    fc.property(drawn, ([forward, ratio, volatility, years, isCall]) => {
      const strike = forward * ratio;
      const price = black76(forward, strike, volatility, years, isCall);
      const intrinsic = Math.max(0, isCall ? forward - strike : strike - forward);
      fc.pre(price > intrinsic && price < (isCall ? forward : strike) * (1 - 1e-15));
      const found = impliedVol(price, forward, strike, years, isCall);
      expect(found).toBeDefined();
      const again = black76(forward, strike, found!, years, isCall);
      expect(Math.abs(again - price)).toBeLessThanOrEqual(1e-15 * Math.max(forward, strike));
    }),
    { numRuns: 5_000 },
  );
});

test('an ordinary option gives back its volatility to 12 digits', () => {
  for (const volatility of [0.1, 0.5, 0.9, 2]) {
    for (const strike of [1_800, 2_000, 2_400]) {
      const price = black76(2_000, strike, volatility, 0.1, strike > 2_000);
      expect(impliedVol(price, 2_000, strike, 0.1, strike > 2_000)! / volatility).toBeCloseTo(1, 11);
    }
  }
});

test.each([
  ['of the smallest double', 5e-324, 100, 200],
  ['of almost nothing', 1e-300, 100, 200],
  ['at the money of almost nothing', 1e-13, 100, 100],
  ['of almost the whole forward', 99.99999999999999, 100, 200_000],
])('a price %s has a volatility', (_what, price, forward, strike) => {
  const found = impliedVol(price, forward, strike, 1, true)!;
  expect(Math.abs(black76(forward, strike, found, 1, true) - price)).toBeLessThanOrEqual(1e-15 * strike);
});

test('the intrinsic value itself is no volatility at all', () => {
  expect(impliedVol(50, 150, 100, 1, true)).toBe(0);
  expect(impliedVol(0, 150, 100, 1, false)).toBe(0);
});

test.each([
  ['below intrinsic', 49.9, 150, 100, 1, true],
  ['below nothing', -1, 100, 150, 1, true],
  ['of the whole forward', 100, 100, 120, 1, true],
  ['of the whole strike', 120, 100, 120, 1, false],
  ['above intrinsic without time', 51, 150, 100, 0, true],
  ['that is no number', Number.NaN, 100, 100, 1, true],
  ['of an option whose ratio no double holds', 1e-200, 1e-190, 1e190, 1, true],
])('a price %s has no volatility', (_what, price, forward, strike, years, isCall) => {
  expect(impliedVol(price, forward, strike, years, isCall)).toBeUndefined();
});
