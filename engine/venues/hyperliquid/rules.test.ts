// Goal: the rules hold between the published numbers, not only at them. How: properties over drawn accounts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deleveragingIndex, deleveragingOrder } from './autoDeleveraging.ts';
import { fundingRate8h, hourlyFundingRate, hourlyFundingUsd } from './funding.ts';
import { liquidationPrice } from './liquidationPrice.ts';
import { liquidationStage } from './liquidationStage.ts';
import { maintenanceRateAt, tieredMaintenance, tierOf } from './marginTiers.ts';
import { MARKETS } from './parameters.ts';
import { borrowApy, liquidationThreshold, portfolioMarginRatio } from './portfolioMargin.ts';
import { markPrice, oraclePrice } from './prices.ts';

const price = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });

describe('margin tiers', () => {
  test.each(Object.entries(MARKETS))('maintenance of %s has no step where a tier begins', (_coin, tiers) => {
    for (const { lowerBoundUsd } of tiers) {
      const below = tieredMaintenance(tiers, lowerBoundUsd * (1 - 1e-12));
      expect(tieredMaintenance(tiers, lowerBoundUsd)).toBeCloseTo(below, 3);
    }
  });

  test('maintenance grows with notional, is the same for both sides, and half of initial in the first tier', () => {
    const tiers = MARKETS.BTC!;
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), share, (notional, part) => {
        expect(tieredMaintenance(tiers, notional * part)).toBeLessThanOrEqual(
          tieredMaintenance(tiers, notional),
        );
        expect(tieredMaintenance(tiers, -notional)).toBe(tieredMaintenance(tiers, notional));
      }),
    );
    expect(tieredMaintenance(tiers, 1_000_000)).toBe(12_500);
    expect(tierOf(tiers, -1_000_000)?.maxLeverage).toBe(40);
    expect(tierOf(tiers, 150_000_000)?.maxLeverage).toBe(20);
  });
});

test('at the liquidation price what is left is the maintenance, on both sides', () => {
  fc.assert(
    fc.property(price, price, share, fc.constantFrom<1 | -1>(1, -1), (at, size, part, side) => {
      const marginUsd = at * size * part;
      const maxLeverage = 20;
      const found = liquidationPrice({ side, size, price: at, marginUsd, maxLeverage });
      const left = marginUsd + side * size * (found - at);
      expect(left).toBeCloseTo(size * found * maintenanceRateAt(maxLeverage), 4);
    }),
  );
});

describe('liquidation stages', () => {
  const stageOf = (accountValueUsd: number, notionalUsd: number) =>
    liquidationStage({ maintenanceUsd: 300, accountValueUsd, notionalUsd }).action;

  test('nothing at maintenance, the market under it, the vault under two thirds', () => {
    expect(stageOf(300, 50_000)).toBe('none');
    expect(stageOf(299.99, 50_000)).toBe('market_full');
    expect(stageOf(200, 50_000)).toBe('market_full');
    expect(stageOf(199.99, 50_000)).toBe('backstop_transfer');
  });

  test('a fifth goes first above 100,000 USD', () => {
    expect(stageOf(250, 100_000)).toBe('market_full');
    expect(stageOf(250, 100_000.01)).toBe('market_partial_20pct');
  });
});

describe('prices', () => {
  test('sources under half of the weight cannot push the oracle out of the range of the rest', () => {
    fc.assert(
      fc.property(fc.array(price, { minLength: 3, maxLength: 9 }), price, (prices, wrong) => {
        const honest = prices.map((one) => ({ price: one, weight: 1 }));
        const found = oraclePrice([...honest, { price: wrong, weight: prices.length * 0.9 }]);
        expect(found).toBeGreaterThanOrEqual(Math.min(...prices));
        expect(found).toBeLessThanOrEqual(Math.max(...prices));
      }),
    );
  });

  test('the own book alone never moves the mark past the other two voices', () => {
    fc.assert(
      fc.property(price, price, price, (oracle, outsidePerpetual, own) => {
        const book = { bestBid: own, bestAsk: own, lastTrade: own };
        const mark = markPrice({ oracle, averageBasis: 0, outsidePerpetual, ...book });
        expect(mark).toBeGreaterThanOrEqual(Math.min(oracle, outsidePerpetual));
        expect(mark).toBeLessThanOrEqual(Math.max(oracle, outsidePerpetual));
      }),
    );
  });
});

describe('funding', () => {
  test('a quiet market pays the interest; a wide premium is cut by the clamp on its way to it', () => {
    expect(fundingRate8h(0)).toBe(0.0001);
    expect(fundingRate8h(0.0004)).toBeCloseTo(0.0001, 12);
    expect(fundingRate8h(-0.01)).toBeCloseTo(-0.0095, 12);
  });

  test('longs and shorts pay each other, at most 4 % in an hour', () => {
    expect(hourlyFundingRate(-9)).toBe(-0.04);
    expect(hourlyFundingUsd(2, 100, 0.008)).toBeCloseTo(-hourlyFundingUsd(-2, 100, 0.008), 12);
  });
});

test('auto-deleveraging takes the larger profit and the larger leverage first, equal ranks by id', () => {
  const account = (id: string, mark: number, notionalUsd: number) => ({
    id,
    mark,
    entry: 100,
    notionalUsd,
    accountValueUsd: 1_000,
  });
  const queue = [account('b', 120, 1_000), account('a', 120, 1_000), account('c', 110, 9_000)];
  expect(deleveragingOrder(queue, 1)).toEqual(['c', 'a', 'b']);
  expect(deleveragingIndex(account('x', 80, 1_000), -1)).toBe(1.25);
});

describe('portfolio margin', () => {
  test('borrowing costs 5 % until four fifths are lent, then rises steeply', () => {
    expect([0, 0.8, 0.9, 1].map(borrowApy)).toEqual([
      0.05,
      0.05,
      expect.closeTo(0.525, 12),
      expect.closeTo(1, 12),
    ]);
    expect(liquidationThreshold(0)).toBe(0.5);
  });

  test('collateral counts up to both caps, and nothing to set against a debt is infinite', () => {
    const account = {
      usdcBalance: 0,
      borrowedUsdc: 1_000,
      crossMaintenanceUsd: 0,
      tokenBalance: 10,
      tokenPrice: 100,
      loanToValue: 0.5,
      borrowCapUsdc: 1e9,
      supplyCap: 4,
      minBorrowOffsetUsd: 20,
    };
    expect(portfolioMarginRatio(account).ratio).toBeCloseTo(1_020 / 300, 12);
    expect(portfolioMarginRatio({ ...account, borrowCapUsdc: 200 }).ratio).toBeCloseTo(1_020 / 200, 12);
    expect(portfolioMarginRatio({ ...account, tokenBalance: 0 }).ratio).toBe(Number.POSITIVE_INFINITY);
    expect(portfolioMarginRatio({ ...account, borrowedUsdc: 100 }).isLiquidatable).toBe(false);
  });
});
