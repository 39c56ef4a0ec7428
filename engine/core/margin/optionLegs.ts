import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { fillLossAt } from './fillLoss.ts';
import { NO_OPTIONS } from './optionBook.ts';
import { FILLS_MAX, FRACTIONS_MAX, type OptionLegs } from './optionScratch.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, optionRangeOf, rangeOf } from './range.ts';
import type { ScanScratch } from './scratch.ts';
import { clampToward, optionSizeUsd } from './sizes.ts';

/** Fractions of the range at which every underlying is looked at. */
export const QUARTERS: readonly number[] = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

/** Where the whole range stands among them. */
export const WHOLE_FALL = 0;
export const WHOLE_RISE = 8;

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
