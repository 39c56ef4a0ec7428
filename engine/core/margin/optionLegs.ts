import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { fillLossAt } from './fillLoss.ts';
import { NO_OPTIONS, OPTION_BLOCKS_MAX } from './optionBook.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, optionRangeOf, rangeOf } from './range.ts';
import type { ScanScratch } from './scratch.ts';
import { clampToward, optionSizeUsd } from './sizes.ts';

/** Ways an underlying can end: as it is; after the option orders; these with all linear bids; with all asks. */
export const FILLS_MAX = 4;
/** Nine quarters of the range and at most every node of the risk vector. */
export const FRACTIONS_MAX = 9 + PRICE_MOVES.length;

/** Fractions of the range at which every underlying is looked at. */
export const QUARTERS: readonly number[] = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

/** Where the whole range stands among them. */
export const WHOLE_FALL = 0;
export const WHOLE_RISE = 8;

/** Underlyings with options as the scan sees them. Fill columns hold FILLS_MAX rows a leg, fractions FRACTIONS_MAX. */
export interface OptionLegs {
  count: number;
  readonly row: Int32Array;
  readonly underlying: Int32Array;
  readonly block: Int32Array;
  /** What a short loses in a rise, against the range. */
  readonly upFactor: Float64Array;
  readonly fillCount: Int32Array;
  /** Linear notional after the fill. */
  readonly notional: Float64Array;
  /** What of it offsets the delta of the options and moves with them. */
  readonly hedge: Float64Array;
  /** 1 when the fill takes in the open option orders. */
  readonly hasOrders: Int32Array;
  readonly range: Float64Array;
  /** The longer range of options. */
  readonly optionRange: Float64Array;
  /** Standalone margin of the fill. */
  readonly standalone: Float64Array;
  readonly fractionCount: Int32Array;
  readonly fraction: Float64Array;
  /** Loss at each of these fractions at the worst of the fills, VOL_STATES to a fraction. */
  readonly loss: Float64Array;
  /** No fill loses more in any fall and in any rise; VOL_STATES to a leg, never negative; set when needed. */
  readonly fallBound: Float64Array;
  readonly riseBound: Float64Array;
}

export function createOptionLegs(): OptionLegs {
  const fills = OPTION_BLOCKS_MAX * FILLS_MAX;
  return {
    count: 0,
    row: new Int32Array(OPTION_BLOCKS_MAX),
    underlying: new Int32Array(OPTION_BLOCKS_MAX),
    block: new Int32Array(OPTION_BLOCKS_MAX),
    upFactor: new Float64Array(OPTION_BLOCKS_MAX),
    fillCount: new Int32Array(OPTION_BLOCKS_MAX),
    notional: new Float64Array(fills),
    hedge: new Float64Array(fills),
    hasOrders: new Int32Array(fills),
    range: new Float64Array(fills),
    optionRange: new Float64Array(fills),
    standalone: new Float64Array(fills),
    fractionCount: new Int32Array(OPTION_BLOCKS_MAX),
    fraction: new Float64Array(OPTION_BLOCKS_MAX * FRACTIONS_MAX),
    loss: new Float64Array(OPTION_BLOCKS_MAX * FRACTIONS_MAX * VOL_STATES),
    fallBound: new Float64Array(OPTION_BLOCKS_MAX * VOL_STATES),
    riseBound: new Float64Array(OPTION_BLOCKS_MAX * VOL_STATES),
  };
}

/**
 * Adds the underlyings with options behind the linear legs of the scratch, with their fills, ranges and
 * standalone margins.
 *
 * The linear delta that offsets the delta of the options moves with them, at their range; the rest keeps
 * its own. So one small option does not reprice a perpetual book.
 */
export function prepareOptionLegs(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): void {
  const legs = scratch.optionLegs;
  legs.count = 0;
  for (let row = 0; row < portfolio.count; row++) {
    if (portfolio.optionBlock[row] === NO_OPTIONS) continue;
    const leg = openLeg(parameters, portfolio, kind, legs, row);
    prepareFractions(legs, leg);
    addStandalone(portfolio, scratch, leg);
  }
}

/** Adds the underlying of a row, with its fills and their ranges. */
export function openLeg(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  legs: OptionLegs,
  row: number,
): number {
  const leg = legs.count++;
  legs.row[leg] = row;
  legs.underlying[leg] = portfolio.underlying[row]!;
  legs.block[leg] = portfolio.optionBlock[row]!;
  legs.upFactor[leg] = parameters.upFactor[legs.underlying[leg]!]!;
  prepareFills(parameters, portfolio, kind, legs, leg);
  return leg;
}

function prepareFills(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  legs: OptionLegs,
  leg: number,
): void {
  const row = legs.row[leg]!;
  const notional = portfolio.notional[row]!;
  legs.fillCount[leg] = 0;
  addFill(parameters, portfolio, kind, legs, leg, notional, false);
  if (kind === 'maintenance') return;
  const hasOrders = hasOptionOrders(portfolio, legs.block[leg]!);
  const bids = portfolio.bids[row]!;
  const asks = portfolio.asks[row]!;
  if (hasOrders) addFill(parameters, portfolio, kind, legs, leg, notional, true);
  if (bids > 0) addFill(parameters, portfolio, kind, legs, leg, notional + bids, hasOrders);
  if (asks > 0) addFill(parameters, portfolio, kind, legs, leg, notional - asks, hasOrders);
}

function hasOptionOrders(portfolio: Portfolio, block: number): boolean {
  const { orderCells } = portfolio.options;
  for (let cell = block * RISK_CELLS; cell < (block + 1) * RISK_CELLS; cell++) {
    if (orderCells[cell]! > 0) return true;
  }
  return false;
}

function addFill(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  legs: OptionLegs,
  leg: number,
  notional: number,
  hasOrders: boolean,
): void {
  const isInitial = kind === 'initial';
  const row = legs.row[leg]!;
  const underlying = legs.underlying[leg]!;
  const others = {
    long: isInitial ? portfolio.othersLong[row]! : 0,
    short: isInitial ? portfolio.othersShort[row]! : 0,
  };
  const size = optionSizeUsd(portfolio, row, notional, others, hasOrders);
  const dayRange = (isInitial ? parameters.dayRangeInitial : parameters.dayRangeMaintenance)[underlying]!;
  const fill = leg * FILLS_MAX + legs.fillCount[leg]!;
  legs.fillCount[leg] = legs.fillCount[leg]! + 1;
  legs.notional[fill] = notional;
  legs.hedge[fill] = clampToward(-portfolio.options.delta[legs.block[leg]!]!, notional);
  legs.hasOrders[fill] = hasOrders ? 1 : 0;
  legs.range[fill] = rangeOf(parameters, underlying, dayRange, size);
  legs.optionRange[fill] = optionRangeOf(parameters, underlying, dayRange, size);
}

/** The quarters, and where a node of the vector lies inside the options' range: between nodes a book has no corner. */
function prepareFractions(legs: OptionLegs, leg: number): void {
  const range = legs.optionRange[leg * FILLS_MAX]!;
  const at = leg * FRACTIONS_MAX;
  let count = 0;
  for (const quarter of QUARTERS) legs.fraction[at + count++] = quarter;
  for (const move of PRICE_MOVES) {
    if (move !== 0 && Math.abs(move) < range) legs.fraction[at + count++] = move / range;
  }
  legs.fractionCount[leg] = count;
}

/** Standalone margin of each fill and of the leg, and its part in the sums of the book. */
function addStandalone(portfolio: Portfolio, scratch: ScanScratch, leg: number): void {
  const legs = scratch.optionLegs;
  let alone = 0;
  for (let fill = leg * FILLS_MAX; fill < leg * FILLS_MAX + legs.fillCount[leg]!; fill++) {
    lookAtFractions(portfolio, scratch, leg, fill);
    alone = Math.max(alone, legs.standalone[fill]!);
  }
  const held = legs.standalone[leg * FILLS_MAX]!;
  scratch.rowStandalone[legs.row[leg]!] = alone;
  scratch.underlying[scratch.count] = legs.underlying[leg]!;
  scratch.standalone[scratch.count] = alone;
  scratch.count++;
  scratch.standaloneSum += alone;
  scratch.heldSum += held;
  if (held > scratch.heldMax) scratch.heldMax = held;
}

/** One fill at every fraction of its leg: its standalone margin, and its part in the losses of the leg. */
function lookAtFractions(portfolio: Portfolio, scratch: ScanScratch, leg: number, fill: number): void {
  const { optionLegs: legs, fillLoss } = scratch;
  const { worst } = fillLoss;
  const isFirst = fill === leg * FILLS_MAX;
  let alone = 0;
  for (let at = leg * FRACTIONS_MAX; at < leg * FRACTIONS_MAX + legs.fractionCount[leg]!; at++) {
    fillLossAt(portfolio.options, legs, leg, fill, legs.fraction[at]!, fillLoss);
    for (let state = 0; state < VOL_STATES; state++) {
      const loss = worst[state]!;
      const kept = at * VOL_STATES + state;
      if (loss > alone) alone = loss;
      if (isFirst || loss > legs.loss[kept]!) legs.loss[kept] = loss;
    }
  }
  legs.standalone[fill] = alone;
}
