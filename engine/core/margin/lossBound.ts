import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { fillLossAt, restLoss } from './fillLoss.ts';
import { NO_OPTIONS, type OptionBook } from './optionBook.ts';
import {
  FILLS_MAX,
  FRACTIONS_MAX,
  type OptionLegs,
  openLeg,
  QUARTERS,
  WHOLE_FALL,
  WHOLE_RISE,
} from './optionLegs.ts';
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
    for (const at of [WHOLE_FALL, WHOLE_RISE]) {
      fillLossAt(portfolio.options, legs, leg, leg * FILLS_MAX, QUARTERS[at]!, fillLoss);
      legs.loss.set(fillLoss.worst, (leg * FRACTIONS_MAX + at) * VOL_STATES);
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
    for (let state = 0; state < VOL_STATES; state++) {
      const at = leg * VOL_STATES + state;
      legs.fallBound[at] = 0;
      legs.riseBound[at] = 0;
      for (let fill = leg * FILLS_MAX; fill < leg * FILLS_MAX + legs.fillCount[leg]!; fill++) {
        legs.fallBound[at] = Math.max(legs.fallBound[at]!, boundOf(book, legs, leg, fill, state, true));
        legs.riseBound[at] = Math.max(legs.riseBound[at]!, boundOf(book, legs, leg, fill, state, false));
      }
    }
  }
}

function boundOf(
  book: OptionBook,
  legs: OptionLegs,
  leg: number,
  fill: number,
  state: number,
  isFall: boolean,
): number {
  const upFactor = legs.upFactor[leg]!;
  const end = isFall ? legs.optionRange[fill]! : legs.optionRange[fill]! * upFactor;
  const hedge = legs.hedge[fill]!;
  const rest = restLoss(
    legs.notional[fill]! - hedge,
    isFall ? -legs.range[fill]! : legs.range[fill]!,
    upFactor,
  );
  const hasOrders = legs.hasOrders[fill] === 1;
  const atEnd = (leg * FRACTIONS_MAX + (isFall ? WHOLE_FALL : WHOLE_RISE)) * VOL_STATES + state;
  let group = legs.loss[atEnd]! - rest;
  const first = legs.block[leg]! * RISK_CELLS + state;
  const step = isFall ? -1 : 1;
  for (let node = UNMOVED; node >= 0 && node < moves.length; node += step) {
    const move = moves[node]!;
    if (Math.abs(move) > end) break;
    const cell = first + node * VOL_STATES;
    const loss = -book.cells[cell]! - hedge * move + (hasOrders ? book.orderCells[cell]! : 0);
    if (loss > group) group = loss;
  }
  return group + Math.max(0, rest);
}
