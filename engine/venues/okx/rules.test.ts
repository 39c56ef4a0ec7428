import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liquidationPrice } from './liquidationPrice.ts';
import { BTC_OPTIONS, ETH_OPTIONS, shortOptionMargin } from './optionMargin.ts';
import { type CostTier, combineRisks, tieredCost } from './portfolioMargin.ts';

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('portfolio margin', () => {
  test('no risk lowers the requirement', () => {
    const names = ['mr1', 'mr2', 'mr3', 'mr4', 'mr5', 'mr6', 'mr7'] as const;
    const risks = fc.record({
      mr1: amount,
      mr2: amount,
      mr3: amount,
      mr4: amount,
      mr5: amount,
      mr6: amount,
      mr7: amount,
    });
    fc.assert(
      fc.property(risks, fc.constantFrom(...names), amount, (held, name, more) => {
        const before = combineRisks(held);
        const after = combineRisks({ ...held, [name]: held[name] + more });
        expect(after.maintenance).toBeGreaterThanOrEqual(before.maintenance);
        expect(after.initial).toBeCloseTo(after.maintenance * 1.3, 6);
      }),
    );
  });

  test('a cost only pays its multiplier inside its tier, and the last tier goes on', () => {
    const tiers: CostTier[] = [
      [0, 10, 1],
      [10, 20, 2],
    ];
    expect([0, 10, 15, 20, 30].map((raw) => tieredCost(raw, tiers))).toEqual([0, 10, 20, 30, 50]);
  });
});

describe('a short option', () => {
  const at = (isCall: boolean, strike: number, markCoins: number, rule = BTC_OPTIONS) =>
    shortOptionMargin({ isCall, strike, forward: 1_000, markCoins }, rule);

  test('needs less the further out it is, never under a tenth, and more in a higher position tier', () => {
    expect([900, 1_030, 1_200].map((strike) => at(true, strike, 0.01).initial)).toEqual([
      0.16,
      expect.closeTo(0.13, 12),
      expect.closeTo(0.11, 12),
    ]);
    expect(at(true, 900, 0, { ...BTC_OPTIONS, marginFactor: 1.02 }).initial).toBeCloseTo(0.153, 12);
  });

  test('keeps 3 % of BTC and 5 % of ETH, a put more when it is worth more than its coin', () => {
    expect(at(true, 1_000, 0.02).maintenance).toBeCloseTo(0.05, 12);
    expect(at(true, 1_000, 0.02, ETH_OPTIONS).maintenance).toBeCloseTo(0.07, 12);
    expect(at(false, 5_000, 4).maintenance).toBeCloseTo(4.12, 12);
  });
});

test('at the liquidation price margin, maintenance and closing fee add up', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<1 | -1>(1, -1),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (side, marginUsd) => {
        const position = { side, size: 2, entry: 10, marginUsd, maintenanceRate: 0.01, takerFee: 0.0006 };
        const price = liquidationPrice(position);
        expect(marginUsd + side * 2 * (price - 10)).toBeCloseTo(2 * price * 0.0106, 9);
      },
    ),
  );
});
