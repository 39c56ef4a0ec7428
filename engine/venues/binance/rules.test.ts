import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracketOf } from './brackets.ts';
import { bracketMaintenance, liquidationPrice, unrealizedPnl } from './liquidationPrice.ts';
import { MARKETS } from './parameters.ts';
import { countedEquity, uniMmrState } from './portfolioMargin.ts';

test('at the liquidation price wallet and profits equal all maintenance', () => {
  const size = fc.double({ min: 0.1, max: 50, noNaN: true });
  fc.assert(
    fc.property(
      size,
      fc.boolean(),
      fc.double({ min: 1, max: 5_000, noNaN: true }),
      (coins, isLong, wallet) => {
        const position = {
          size: isLong ? coins : -coins,
          entry: 1_000,
          maintenanceRate: 0.02,
          deductionUsd: 5,
        };
        const other = { size: -3, entry: 50, mark: 40, maintenanceRate: 0.01, deductionUsd: 1 };
        const price = liquidationPrice(wallet, position, [other]);
        const profit = unrealizedPnl(position.size, 1_000, price) + unrealizedPnl(-3, 50, 40);
        const maintenance = bracketMaintenance(position, price) + bracketMaintenance(other, 40);
        expect(wallet + profit).toBeCloseTo(maintenance, 5);
      },
    ),
  );
});

describe('brackets', () => {
  test.each(Object.entries(MARKETS))(
    'maintenance of %s has no step where a bracket begins',
    (_coin, brackets) => {
      for (const [lowerBoundUsd] of brackets.slice(1)) {
        const [below, at] = [lowerBoundUsd * (1 - 1e-12), lowerBoundUsd].map((notional) => {
          const { maintenanceRate, deductionUsd } = bracketOf(brackets, notional);
          return notional * maintenanceRate - deductionUsd;
        });
        expect(at).toBeCloseTo(below!, 2);
      }
    },
  );

  test('add up to the deductions the venue prints', () => {
    expect(bracketOf(MARKETS.BTC!, 3_500_000).deductionUsd).toBeCloseTo(16_300, 6);
    expect(bracketOf(MARKETS.ETH!, -4_900_000).deductionUsd).toBeCloseTo(135_365, 6);
  });
});

test('the haircut never lowers a debt', () => {
  expect(countedEquity(2, 10, 0.9)).toBe(18);
  expect(countedEquity(-2, 10, 0.9)).toBe(-20);
});

test('the ladder includes its lower bounds', () => {
  const states = [151, 150, 120.1, 120, 105.1, 105, 100.1, 100, -5].map((equity) => uniMmrState(equity, 100));
  expect(states).toEqual([
    'free',
    'reminder',
    'reminder',
    'reduce_only',
    'reduce_only',
    'liquidation',
    'liquidation',
    'liquidation_with_claim',
    'liquidation_with_claim',
  ]);
  expect(uniMmrState(5, 0)).toBe('free');
});
