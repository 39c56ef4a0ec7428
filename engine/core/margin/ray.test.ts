import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { createRiskParameters } from './parameters.ts';
import { addPosition, createPortfolio } from './portfolio.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import { createTerrain, surplusAt, surveyPortfolio } from './terrain.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

function terrainOf(notional: number, usdc: number) {
  const portfolio = createPortfolio();
  portfolio.usdc = usdc * USD;
  addPosition(portfolio, 0, notional * USD);
  const terrain = createTerrain(parameters);
  surveyPortfolio(terrain, parameters, portfolio);
  return terrain;
}

describe('the nearest root of a ray', () => {
  test('is where a straight line crosses zero', () => {
    const terrain = terrainOf(100_000, 10_000);
    terrain.heldMaintenance = 4_000 * USD;
    const t = nearestRoot(terrain, Float64Array.of(-1), 6_000 * USD, -100_000 * USD, 1);
    expect(t).toBeCloseTo(0.06, 9);
  });

  test('is found without knowing the slope', () => {
    const terrain = terrainOf(100_000, 10_000);
    terrain.heldMaintenance = 4_000 * USD;
    expect(nearestRoot(terrain, Float64Array.of(-1), 6_000 * USD, 0, 1)).toBeCloseTo(0.06, 9);
  });

  test('is on the ground when margin changes on the way', () => {
    const terrain = terrainOf(100_000, 10_000);
    const surplus = surplusAt(terrain, Float64Array.of(0));
    const t = nearestRoot(terrain, Float64Array.of(-1), surplus, -100_000 * USD, 1);
    expect(Math.abs(surplusAt(terrain, Float64Array.of(-t)))).toBeLessThan(10);
  });

  test('does not exist where f never falls to zero', () => {
    const terrain = terrainOf(100_000, 10_000);
    const surplus = surplusAt(terrain, Float64Array.of(0));
    expect(nearestRoot(terrain, Float64Array.of(1), surplus, 100_000 * USD, 10)).toBe(NO_ROOT);
    expect(nearestRoot(terrain, Float64Array.of(-1), surplus, -100_000 * USD, 0.01)).toBe(NO_ROOT);
  });
});
