import { RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import { NO_OPTIONS } from './optionBook.ts';
import type { Portfolio } from './portfolio.ts';

/** The move at which short gamma shows its size, and its nodes among PRICE_MOVES, volatility unchanged. */
const SIZE_MOVE = 0.18;
const SIZE_CELL_DOWN = 4 * VOL_STATES;
const SIZE_CELL_UP = 14 * VOL_STATES;

/** What would have to be closed in one market: the larger side over the owner's subaccounts. */
export function unwindSize(notional: number, othersLong: number, othersShort: number): number {
  // Most owners have one subaccount, and a sign is what a processor cannot foresee.
  if (othersLong === 0 && othersShort === 0) return Math.abs(notional);
  const long = notional > 0 ? othersLong + notional : othersLong;
  const short = notional < 0 ? othersShort - notional : othersShort;
  return Math.max(long, short);
}

/** Delta of the row's options, micro-USD per unit of return; 0 without options. */
export function optionDeltaUsd(portfolio: Portfolio, row: number): number {
  const block = portfolio.optionBlock[row]!;
  return block === NO_OPTIONS ? 0 : portfolio.options.delta[block]!;
}

/**
 * D of a row with options: its delta, or what it would lose or gain in a move of 18 %, whichever is larger,
 * because short gamma has size while its delta is zero.
 *
 * @param linear signed linear notional after the fills looked at
 * @param hasOrders true adds what open option orders lose there
 * @returns micro-USD ≥ 0
 */
export function optionSizeUsd(
  portfolio: Portfolio,
  row: number,
  linear: number,
  others: { long: number; short: number },
  hasOrders: boolean,
): number {
  const block = portfolio.optionBlock[row]!;
  const { cells, orderCells, delta } = portfolio.options;
  const down = block * RISK_CELLS + SIZE_CELL_DOWN;
  const up = block * RISK_CELLS + SIZE_CELL_UP;
  const fall = Math.abs(cells[down]! - linear * SIZE_MOVE) + (hasOrders ? orderCells[down]! : 0);
  const rise = Math.abs(cells[up]! + linear * SIZE_MOVE) + (hasOrders ? orderCells[up]! : 0);
  const gamma = Math.max(fall, rise) / SIZE_MOVE;
  return Math.max(unwindSize(linear + delta[block]!, others.long, others.short), gamma);
}

/** The part of `value` between 0 and `limit`, whatever the limit's sign. */
export function clampToward(value: number, limit: number): number {
  return limit >= 0 ? Math.min(limit, Math.max(0, value)) : Math.max(limit, Math.min(0, value));
}
