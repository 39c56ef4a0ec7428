import { BPS_SCALE, PPM_SCALE } from '../../units/rate.ts';
import { equityUsd } from './equity.ts';
import { prepareLegs } from './legs.ts';
import { type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { createPortfolio, type Portfolio } from './portfolio.ts';
import { scanLegs } from './scan.ts';
import { createScanScratch, type ScanScratch } from './scratch.ts';

/**
 * The account as ground to walk on: f(x) = equity − maintenance margin after returns x of its underlyings.
 * Liquidation is where f reaches 0.
 *
 * Linear legs and collateral scale with their price, maintenance margin is computed anew at every point.
 * Only underlyings whose price matters have a row; open orders do not count.
 */
export interface Terrain {
  parameters: RiskParameters;
  count: number;
  readonly underlying: Int32Array;
  /** Signed notional at the current mark. */
  readonly notional: Float64Array;
  /** Equity gained when the price doubles: positions in full, collateral after its haircut. */
  readonly slope: Float64Array;
  equity: number;
  /** Maintenance margin when it is held fixed instead of computed: for worked examples. */
  heldMaintenance: number | undefined;
  /** The account after the move, and the scan of it. */
  readonly moved: Portfolio;
  readonly scratch: ScanScratch;
}

export function createTerrain(parameters: RiskParameters): Terrain {
  return {
    parameters,
    count: 0,
    underlying: new Int32Array(UNDERLYINGS_MAX),
    notional: new Float64Array(UNDERLYINGS_MAX),
    slope: new Float64Array(UNDERLYINGS_MAX),
    equity: 0,
    heldMaintenance: undefined,
    moved: createPortfolio(),
    scratch: createScanScratch(),
  };
}

/** Reads an account into the terrain. */
export function surveyPortfolio(terrain: Terrain, parameters: RiskParameters, portfolio: Portfolio): void {
  terrain.parameters = parameters;
  terrain.equity = equityUsd(portfolio);
  terrain.count = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const underlying = portfolio.underlying[row]!;
    const notional = portfolio.notional[row]!;
    const slope = notional - haircutUsd(portfolio, underlying);
    if (notional === 0 && slope === 0) continue;
    const at = terrain.count++;
    terrain.underlying[at] = underlying;
    terrain.notional[at] = notional;
    terrain.slope[at] = slope;
    terrain.moved.underlying[at] = underlying;
  }
  terrain.moved.count = terrain.count;
}

/** Value of an underlying's collateral that does not count. */
function haircutUsd(portfolio: Portfolio, underlying: number): number {
  let sum = 0;
  for (let row = 0; row < portfolio.collateralCount; row++) {
    if (portfolio.collateralUnderlying[row] !== underlying) continue;
    const value = Math.max(0, portfolio.collateralValue[row]!);
    sum += value * (1 - portfolio.collateralWeightPpm[row]! / PPM_SCALE);
  }
  return sum;
}

/**
 * f at returns x: equity above maintenance margin, in micro-USD, not rounded.
 *
 * @param x return of each row of the terrain; below −1 counts as −1, because a price stops at zero
 */
export function surplusAt(terrain: Terrain, x: Float64Array): number {
  const { count, notional, slope, moved, parameters, scratch } = terrain;
  let equity = terrain.equity;
  for (let row = 0; row < count; row++) {
    const move = Math.max(-1, x[row]!);
    moved.notional[row] = notional[row]! * (1 + move);
    equity += slope[row]! * move;
  }
  if (terrain.heldMaintenance !== undefined) return equity - terrain.heldMaintenance;
  prepareLegs(parameters, moved, 'maintenance', scratch);
  scanLegs(parameters, scratch, false);
  return equity - (scratch.scan * parameters.maintenanceShareBps) / BPS_SCALE;
}
