// Goal: the rules hold between the sources' own numbers. How: properties, and each corner by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergenceDivisor, fundingPerCoin } from './funding.ts';
import {
  coinsToCoverShortage,
  insuranceFee,
  liabilityToCoverShortage,
  liquidationFee,
  shareToLiquidate,
} from './liquidation.ts';
import { depositIndexToResolveLoss, fundingToResolveLoss } from './socializedLoss.ts';
import { scaledAssetWeight, sizedMarginRatio, worstCaseSpot } from './weights.ts';

const usd = fc.double({ min: 51, max: 1e6, noNaN: true });

describe('liquidation', () => {
  const position = { marginRatio: 0.1, liquidationFee: 0.01, insuranceFee: 0.01, oracle: 50, quoteOracle: 1 };

  test('closing the coins releases just the margin that is missing', () => {
    fc.assert(
      fc.property(usd, (shortage) => {
        const coins = coinsToCoverShortage(shortage, position);
        expect(coins * 50 * (0.1 - 0.01 - 0.01)).toBeCloseTo(shortage, 6);
      }),
    );
  });

  test('where fees eat the margin everything goes', () => {
    expect(coinsToCoverShortage(1, { ...position, liquidationFee: 0.1 })).toBe(Number.POSITIVE_INFINITY);
    const pair = { assetWeight: 1, assetMultiplier: 1, liabilityMultiplier: 1, insuranceFee: 0 };
    const same = { ...pair, liabilityWeight: 1, liabilityPrice: 10 };
    expect(liabilityToCoverShortage(1, same)).toBe(Number.POSITIVE_INFINITY);
    expect(liabilityToCoverShortage(10, { ...same, liabilityWeight: 1.2, insuranceFee: 0.05 })).toBeCloseTo(
      10 / (10 * 0.14),
      9,
    );
  });

  test('the share grows with time and shrinks with what was freed, within 0 and 1', () => {
    const pace = { freedUsd: 0, slotsElapsed: 0, initialShare: 0.1, durationSlots: 150 };
    expect(shareToLiquidate(49.99, pace)).toBe(1);
    expect(shareToLiquidate(1_000, { ...pace, slotsElapsed: 75 })).toBeCloseTo(0.6, 12);
    expect(shareToLiquidate(1_000, { ...pace, durationSlots: 0 })).toBe(1);
    fc.assert(
      fc.property(usd, usd, fc.nat(300), (shortage, freedUsd, slotsElapsed) => {
        const now = shareToLiquidate(shortage, { ...pace, freedUsd, slotsElapsed });
        const later = shareToLiquidate(shortage, { ...pace, freedUsd, slotsElapsed: slotsElapsed + 1 });
        expect(now).toBeGreaterThanOrEqual(0);
        expect(later).toBeLessThanOrEqual(1);
        expect(later).toBeGreaterThanOrEqual(now);
      }),
    );
  });

  test('fees ramp after the grace and stop at their limits', () => {
    const ramp = { baseFee: 0.02, maxFee: 0.05, graceSlots: 100, perSlot: 0.001 };
    expect([0, 100, 110, 9_999].map((slots) => liquidationFee(slots, ramp))).toEqual([
      0.02,
      0.02,
      expect.closeTo(0.03, 12),
      0.05,
    ]);
    const fee = (maxFee: number) =>
      insuranceFee(0, { base: -10, price: 100, marginRatio: 0.05, liquidatorFee: 0.01, maxFee });
    expect([fee(1), fee(0.02)]).toEqual([expect.closeTo(0.038, 12), 0.02]);
  });
});

test('a loss is shared by everyone and by nobody when there is nobody', () => {
  expect(fundingToResolveLoss(-100, 7, -3)).toBe(10);
  expect(fundingToResolveLoss(100, 0, 0)).toBe(0);
  expect(depositIndexToResolveLoss(5, 50, 1.1)).toBeCloseTo(0.11, 12);
  expect(depositIndexToResolveLoss(5, 0, 1)).toBe(0);
});

test('funding is clamped by tier on both sides, and a safer tier never pays more', () => {
  const tiers = ['A', 'B', 'C', 'Speculative', 'HighlySpeculative', 'Isolated'] as const;
  expect(tiers.map(divergenceDivisor)).toEqual([33, 33, 20, 10, 10, 10]);
  expect(tiers.map((tier) => fundingPerCoin(150, 100, tier) * 24)).toEqual(
    [33, 33, 20, 10, 10, 10].map((divisor) => expect.closeTo(100 / divisor, 9)),
  );
  expect(fundingPerCoin(50, 100, 'C') * 24).toBeCloseTo(-5, 9);
  expect(fundingPerCoin(100, 100, 'A', 7_200)).toBeCloseTo(2 * fundingPerCoin(100, 100, 'A'), 12);
});

describe('weights', () => {
  test('a pool’s weight falls from its start on without a step', () => {
    expect(scaledAssetWeight(10, 10, 0, 0.9)).toBe(0.9);
    expect(scaledAssetWeight(10, 10, 100, 0.9)).toBe(0.9);
    expect(scaledAssetWeight(10, 10.000_001, 100, 0.9)).toBeCloseTo(0.9, 5);
    expect(scaledAssetWeight(20, 10, 100, 0.9)).toBeCloseTo(0.45, 12);
  });

  test('of two sides of orders the one that leaves less counts, and each order a cent', () => {
    const amount = fc.double({ min: 0, max: 1_000, noNaN: true });
    // Ten dollars a unit: what counts of a balance, and of the dollars that an order would move.
    const worth = (units: number) => units * 10 * (units > 0 ? 0.8 : 1.2);
    fc.assert(
      fc.property(
        fc.double({ min: -1_000, max: 1_000, noNaN: true }),
        amount,
        amount,
        (balance, bids, asks) => {
          const held = { balance, bids, asks, price: 10, assetWeight: 0.8, liabilityWeight: 1.2 };
          const { collateralUsd, requirementUsd } = worstCaseSpot({ ...held, openOrders: 2 });
          const worse = Math.min(worth(balance + bids) - bids * 10, worth(balance - asks) + asks * 10);
          expect(collateralUsd - requirementUsd).toBeCloseTo(worse - 0.02, 6);
        },
      ),
    );
  });

  test('a ratio grows with the root of the size once that passes the plain ratio', () => {
    expect(sizedMarginRatio(0.1, 0, 1e9)).toBe(0.1);
    expect(sizedMarginRatio(0.1, 0.001, 100)).toBe(0.1);
    expect(sizedMarginRatio(0.1, 0.001, -10_000)).toBeCloseTo(0.18, 12);
  });
});
