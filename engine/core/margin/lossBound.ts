import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { fillLossAt, restLoss } from './fillLoss.ts';
import { NO_OPTIONS, type OptionBook } from './optionBook.ts';
import { openLeg, WHOLE_FALL, WHOLE_RISE } from './optionLegs.ts';
import { FILLS_MAX, FRACTIONS_MAX, type OptionLegs } from './optionScratch.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { rangeOf } from './range.ts';
import type { ScanScratch } from './scratch.ts';

const moves = Float64Array.from(PRICE_MOVES);
const UNMOVED = PRICE_MOVES.indexOf(0);

/**
 * A bound of the sum of standalone margins, for maintenance margin of a book with options: each leg is looked
 * at at the ends of its range and at the nodes of its vector, an eighth of what the sum itself takes.
 *
 * @returns micro-USD, no less than `standaloneSum` would be; the scratch must be prepared again for a scan
 */
export function boundStandalone(
  parameters: RiskParameters,
  portfolio: Portfolio,
  { optionLegs: legs, fillLoss }: ScanScratch,
): number {
  let sum = 0;
  legs.count = 0;
  for (let row = 0; row < portfolio.count; row++) {
    if (portfolio.optionBlock[row] === NO_OPTIONS) {
      sum += linearLoss(parameters, portfolio.underlying[row]!, portfolio.notional[row]!);
      continue;
    }
    const leg = openLeg(parameters, portfolio, 'maintenance', legs, row);
    for (let at = WHOLE_FALL; at <= WHOLE_RISE; at += WHOLE_RISE - WHOLE_FALL) {
      fillLossAt(portfolio.options, legs, leg, leg * FILLS_MAX, at === WHOLE_FALL ? -1 : 1, fillLoss);
      const kept = (leg * FRACTIONS_MAX + at) * VOL_STATES;
      for (let state = 0; state < VOL_STATES; state++) legs.loss[kept + state] = fillLoss.worst[state]!;
    }
  }
  boundLegs(portfolio.options, legs);
  for (let leg = 0; leg < legs.count; leg++) {
    let most = 0;
    for (let at = leg * VOL_STATES; at < (leg + 1) * VOL_STATES; at++) {
      most = Math.max(most, legs.fallBound[at]!, legs.riseBound[at]!);
    }
    sum += most;
  }
  return sum;
}

function linearLoss(parameters: RiskParameters, underlying: number, notional: number): number {
  const size = Math.abs(notional);
  const range = rangeOf(parameters, underlying, parameters.dayRangeMaintenance[underlying]!, size);
  return size * range * (notional < 0 ? parameters.upFactor[underlying]! : 1);
}

/**
 * Sets `fallBound` and `riseBound` of every leg: what it can lose at any share of its range, at any fill.
 *
 * Between the nodes of the risk vector a book runs straight, so it loses most at a node inside the range or
 * at the end of it, tails included. The rest of the linear notional loses most at the end or nothing.
 */
export function boundLegs(book: OptionBook, legs: OptionLegs): void {
  for (let leg = 0; leg < legs.count; leg++) {
    for (let at = leg * VOL_STATES; at < (leg + 1) * VOL_STATES; at++) {
      legs.fallBound[at] = 0;
      legs.riseBound[at] = 0;
    }
    for (let fill = leg * FILLS_MAX; fill < leg * FILLS_MAX + legs.fillCount[leg]!; fill++) {
      boundFill(book, legs, leg, fill, true);
      boundFill(book, legs, leg, fill, false);
    }
  }
}

/** Raises the bounds of a leg in one direction to what one of its fills can lose there. */
function boundFill(book: OptionBook, legs: OptionLegs, leg: number, fill: number, isFall: boolean): void {
  const { cells, orderCells } = book;
  const upFactor = legs.upFactor[leg]!;
  const end = isFall ? legs.optionRange[fill]! : legs.optionRange[fill]! * upFactor;
  const hedge = legs.hedge[fill]!;
  const range = isFall ? -legs.range[fill]! : legs.range[fill]!;
  const rest = restLoss(legs.notional[fill]! - hedge, range, upFactor);
  const hasOrders = legs.hasOrders[fill] === 1;
  const atEnd = (leg * FRACTIONS_MAX + (isFall ? WHOLE_FALL : WHOLE_RISE)) * VOL_STATES;
  let same = legs.loss[atEnd]! - rest;
  let up = legs.loss[atEnd + 1]! - rest;
  let down = legs.loss[atEnd + 2]! - rest;
  const first = legs.block[leg]! * RISK_CELLS;
  const step = isFall ? -1 : 1;
  for (let node = UNMOVED; node >= 0 && node < moves.length; node += step) {
    const move = moves[node]!;
    if (Math.abs(move) > end) break;
    const cell = first + node * VOL_STATES;
    const linear = hedge * move;
    same = Math.max(same, -cells[cell]! - linear + (hasOrders ? orderCells[cell]! : 0));
    up = Math.max(up, -cells[cell + 1]! - linear + (hasOrders ? orderCells[cell + 1]! : 0));
    down = Math.max(down, -cells[cell + 2]! - linear + (hasOrders ? orderCells[cell + 2]! : 0));
  }
  const bound = isFall ? legs.fallBound : legs.riseBound;
  const restMost = Math.max(0, rest);
  const at = leg * VOL_STATES;
  bound[at] = Math.max(bound[at]!, same + restMost);
  bound[at + 1] = Math.max(bound[at + 1]!, up + restMost);
  bound[at + 2] = Math.max(bound[at + 2]!, down + restMost);
}
