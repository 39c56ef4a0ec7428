// Goal: margins grow with risk and charges only charge. How: properties, and each corner by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeScaledMargin } from './futureMargin.ts';
import { shortOptionMargin } from './optionMargin.ts';
import { deltaScan, futureContingency, shortOptionContingency, volatilityShock } from './portfolioMargin.ts';

const coins = fc.double({ min: 0.01, max: 1_000, noNaN: true });

test('a larger position needs a larger share, on both sides alike', () => {
  const rate = { base: 0.02, perCoin: 0.000_05 };
  fc.assert(
    fc.property(coins, coins, (a, b) => {
      const together = sizeScaledMargin(a + b, 100, rate);
      expect(together).toBeGreaterThanOrEqual(
        sizeScaledMargin(a, 100, rate) + sizeScaledMargin(b, 100, rate),
      );
      expect(sizeScaledMargin(-a, 100, rate)).toBe(sizeScaledMargin(a, 100, rate));
    }),
  );
});

describe('a short option', () => {
  const at = (isCall: boolean, strike: number, markCoins: number) =>
    shortOptionMargin({ isCall, strike, underlying: 1_000, markCoins });

  test('needs between 10 and 15 % of the underlying on top of its mark, less the further out it is', () => {
    expect([800, 1_000, 1_020, 1_050, 3_000].map((strike) => at(true, strike, 0).initial)).toEqual([
      0.15,
      0.15,
      expect.closeTo(0.13, 12),
      expect.closeTo(0.1, 12),
      0.1,
    ]);
    expect(at(false, 980, 0).initial).toBeCloseTo(0.13, 12);
  });

  test('never needs less initially than for maintenance, also a put worth more than its underlying', () => {
    fc.assert(
      fc.property(fc.boolean(), coins, fc.double({ min: 0, max: 9, noNaN: true }), (isCall, strike, mark) => {
        const { initial, maintenance } = at(isCall, strike * 10, mark);
        expect(initial).toBeGreaterThanOrEqual(maintenance);
      }),
    );
    expect(at(false, 9_000, 8).maintenance).toBeCloseTo(8.6, 12);
  });
});

test('contingencies charge what is short or offset, and nothing else', () => {
  expect(shortOptionContingency(10, 5, 0.01)).toBe(0);
  expect(shortOptionContingency(-10, 5, 0.01)).toBe(0.05);
  expect(futureContingency(100, 40, 0.01)).toBe(0);
  expect(futureContingency(-100, 40, 0.01)).toBe(0.4);
  expect(volatilityShock(7.5, 0.2, 0.5)).toBeCloseTo(0.4, 12);
});

test('a scan is the largest loss and never a gain', () => {
  const moves = [
    { move: -0.1, weight: 1 },
    { move: 1, weight: 0.2 },
  ];
  expect([1, -1, 0].map((delta) => deltaScan(delta, 100, moves))).toEqual([10, 20, 0]);
});
