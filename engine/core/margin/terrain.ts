import { BPS_SCALE, PPM_SCALE } from '../../units/rate.ts';
import { ADD_ONS, computeAddOns, hasMaintenanceAddOns } from './addOns.ts';
import { equityUsd } from './equity.ts';
import { heldBackUsd } from './heldBack.ts';
import { prepareLegs } from './legs.ts';
import { moveOptions, valueChangeAt } from './moveOptions.ts';
import { NO_OPTIONS, openBlock } from './optionBook.ts';
import { type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { clearPortfolio, createPortfolio, type Portfolio, rowOf } from './portfolio.ts';
import { scanLegs } from './scan.ts';
import { createScanScratch, type ScanScratch } from './scratch.ts';

/**
 * The account as ground to walk on: f(x) = equity − maintenance margin after returns x of its underlyings.
 * Liquidation is where f reaches 0.
 *
 * Linear legs and collateral scale with their price, options follow their risk vectors, maintenance margin
 * and its add-ons are computed anew at every point. Only underlyings whose price matters have a row; open
 * orders do not count.
 */
export interface Terrain {
  parameters: RiskParameters;
  count: number;
  readonly underlying: Int32Array;
  /** Signed notional at the current mark. */
  readonly notional: Float64Array;
  /** Equity gained when the price doubles: positions in full, collateral after its haircut; options aside. */
  readonly slope: Float64Array;
  equity: number;
  /** Maintenance margin when it is held fixed instead of computed: for worked examples. */
  heldMaintenance: number | undefined;
  /** The account as it stands, and by row of the terrain its row there. */
  from: Portfolio;
  readonly fromRow: Int32Array;
  hasAddOns: boolean;
  /** Maintenance margin at the origin without add-ons, as a share of what bounds it: for `steeringAt`. */
  shareOfBound: number;
  /** The account after the move, and the scan of it. */
  readonly moved: Portfolio;
  readonly scratch: ScanScratch;
}

const addOns = new Float64Array(ADD_ONS);

export function createTerrain(parameters: RiskParameters): Terrain {
  return {
    parameters,
    count: 0,
    underlying: new Int32Array(UNDERLYINGS_MAX),
    notional: new Float64Array(UNDERLYINGS_MAX),
    slope: new Float64Array(UNDERLYINGS_MAX),
    equity: 0,
    heldMaintenance: undefined,
    from: createPortfolio(),
    fromRow: new Int32Array(UNDERLYINGS_MAX),
    hasAddOns: false,
    shareOfBound: 0,
    moved: createPortfolio(),
    scratch: createScanScratch(),
  };
}

/** Reads an account into the terrain, which goes on looking at the portfolio. */
export function surveyPortfolio(terrain: Terrain, parameters: RiskParameters, portfolio: Portfolio): void {
  const { moved } = terrain;
  terrain.parameters = parameters;
  terrain.equity = equityUsd(portfolio);
  terrain.from = portfolio;
  terrain.hasAddOns = hasMaintenanceAddOns(portfolio);
  terrain.count = 0;
  clearPortfolio(moved);
  moved.settlementPricePpm = portfolio.settlementPricePpm;
  moved.hasWindow = portfolio.hasWindow;
  for (let row = 0; row < portfolio.count; row++) {
    const underlying = portfolio.underlying[row]!;
    const notional = portfolio.notional[row]!;
    const slope = notional - haircutUsd(portfolio, underlying);
    const hasOptions = portfolio.optionBlock[row] !== NO_OPTIONS;
    if (notional === 0 && slope === 0 && !hasOptions) continue;
    const at = terrain.count++;
    terrain.underlying[at] = underlying;
    terrain.notional[at] = notional;
    terrain.slope[at] = slope;
    terrain.fromRow[at] = row;
    rowOf(moved, underlying);
    moved.confidencePpm[at] = portfolio.confidencePpm[row]!;
    if (hasOptions) moved.optionBlock[at] = openBlock(moved.options);
  }
  for (let leg = 0; leg < portfolio.expiries.count; leg++) {
    moved.expiries.underlying[leg] = portfolio.expiries.underlying[leg]!;
    moved.expiries.expiryMs[leg] = portfolio.expiries.expiryMs[leg]!;
  }
  moved.expiries.count = portfolio.expiries.count;
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
 * f at returns x: equity above maintenance margin, in micro-USD, not rounded but for add-ons.
 *
 * @param x return of each row of the terrain; below −1 counts as −1, because a price stops at zero
 */
export function surplusAt(terrain: Terrain, x: Float64Array): number {
  const { moved, parameters, scratch } = terrain;
  let equity = moveTo(terrain, x);
  if (terrain.heldMaintenance !== undefined) return equity - terrain.heldMaintenance;
  prepareLegs(parameters, moved, 'maintenance', scratch);
  scanLegs(parameters, moved, scratch, false);
  const share = (scratch.scan * parameters.maintenanceShareBps) / BPS_SCALE;
  if (moved.hasWindow) equity -= heldBackAt(terrain, x);
  return equity - share - (terrain.hasAddOns ? addOnsAt(terrain, x) : 0);
}

/** Puts `moved` where returns x lead. Returns the equity there, micro-USD. */
export function moveTo(terrain: Terrain, x: Float64Array): number {
  const { count, notional, slope, moved, from, fromRow } = terrain;
  let equity = terrain.equity;
  for (let row = 0; row < count; row++) {
    const move = Math.max(-1, x[row]!);
    moved.notional[row] = notional[row]! * (1 + move);
    equity += slope[row]! * move;
    const block = from.optionBlock[fromRow[row]!]!;
    if (block === NO_OPTIONS) continue;
    equity += moveOptions(from.options, block, move, moved.options, moved.optionBlock[row]!);
  }
  return equity;
}

/** Equity gained when the underlying of a row moves, micro-USD. */
export function gainAt({ slope, from, fromRow }: Terrain, row: number, move: number): number {
  const linear = slope[row]! * move;
  const block = from.optionBlock[fromRow[row]!]!;
  return block === NO_OPTIONS ? linear : linear + valueChangeAt(from.options, block, move, 0);
}

/** Gains of isolated underlyings that do not count after returns x: of `moved`, whose legs are prepared. */
function heldBackAt(terrain: Terrain, x: Float64Array): number {
  const { count, moved, from, fromRow, parameters, scratch } = terrain;
  for (let row = 0; row < count; row++) {
    const gain = from.windowGain[fromRow[row]!]!;
    moved.windowGain[row] = gain + gainAt(terrain, row, Math.max(-1, x[row]!));
  }
  return heldBackUsd(parameters, moved, scratch.rowStandalone);
}

/** Add-ons of maintenance margin after returns x: of `moved`, whose notional and options are set already. */
export function addOnsAt(terrain: Terrain, x: Float64Array): number {
  const { count, moved, from, fromRow, parameters, scratch } = terrain;
  for (let row = 0; row < count; row++) {
    const factor = 1 + Math.max(-1, x[row]!);
    moved.provision[row] = from.provision[fromRow[row]!]! * factor;
    for (let leg = 0; leg < moved.expiries.count; leg++) {
      if (moved.expiries.underlying[leg] !== moved.underlying[row]) continue;
      moved.expiries.notional[leg] = from.expiries.notional[leg]! * factor;
    }
  }
  return computeAddOns(parameters, moved, 'maintenance', scratch.rowStandalone, addOns);
}
