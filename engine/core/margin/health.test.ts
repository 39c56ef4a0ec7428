import { describe, expect, test } from 'vitest';
import { compareHealth, isLiquidatable, RATIO_INFINITE_PPM, ratioPpmOf } from './health.ts';

const health = (maintenanceUsd: number, equityUsd: number) => ({ maintenanceUsd, equityUsd });

describe('the margin ratio', () => {
  test('is maintenance margin ÷ equity, rounded up', () => {
    expect(ratioPpmOf(health(1, 3))).toBe(333_334);
    expect(ratioPpmOf(health(3, 3))).toBe(1_000_000);
  });

  test('is infinite when equity is gone and something is at risk or owed', () => {
    expect(ratioPpmOf(health(1, 0))).toBe(RATIO_INFINITE_PPM);
    expect(ratioPpmOf(health(1, -5))).toBe(RATIO_INFINITE_PPM);
    expect(ratioPpmOf(health(0, -5))).toBe(RATIO_INFINITE_PPM);
  });

  test('is zero without positions and debt', () => {
    expect(ratioPpmOf(health(0, 0))).toBe(0);
    expect(ratioPpmOf(health(0, 100))).toBe(0);
  });

  test('stays a number when hardly any equity is left of a large book', () => {
    expect(ratioPpmOf(health(4e15, 1))).toBe(1_000_000_000_000);
  });
});

describe('liquidation starts', () => {
  test('when maintenance margin reaches equity, not before', () => {
    expect(isLiquidatable(health(100, 101))).toBe(false);
    expect(isLiquidatable(health(100, 100))).toBe(true);
  });

  test('when an account without positions owes more than it has', () => {
    expect(isLiquidatable(health(0, 0))).toBe(false);
    expect(isLiquidatable(health(0, -1))).toBe(true);
  });
});

describe('the order of liquidation', () => {
  const order = (...accounts: ReturnType<typeof health>[]) => [...accounts].sort(compareHealth);

  test('goes by the margin ratio, worst first', () => {
    expect(order(health(1, 2), health(9, 10), health(3, 4))).toEqual([
      health(9, 10),
      health(3, 4),
      health(1, 2),
    ]);
  });

  test('puts accounts without equity first, the larger deficit before the smaller', () => {
    const [first, second, third] = order(health(9, 10), health(10, -5), health(0, -40));
    expect([first, second, third]).toEqual([health(0, -40), health(10, -5), health(9, 10)]);
  });

  test('tells ratios apart that differ in the sixteenth digit', () => {
    const a = health(4_503_599_627_370_495, 4_503_599_627_370_496);
    const b = health(4_503_599_627_370_494, 4_503_599_627_370_495);
    expect(compareHealth(a, b)).toBeLessThan(0);
    expect(compareHealth(b, a)).toBeGreaterThan(0);
    expect(compareHealth(a, { ...a })).toBe(0);
  });
});
