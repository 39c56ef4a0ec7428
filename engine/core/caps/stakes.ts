import { putF, type Undo } from '../memory/undo.ts';
import type { State } from '../state.ts';

export function stakeRow(state: State, firm: number, underlying: number): number {
  return firm * state.limits.underlyings + underlying;
}

/** Follows a position from one size to another, its open orders unchanged. */
export function moveStake(state: State, undo: Undo, row: number, before: number, after: number): void {
  const { instrument, stake, bidLots, askLots } = state.positions.columns;
  const bids = bidLots[row]!;
  const asks = askLots[row]!;
  const longs = Math.max(after + bids, 0) - Math.max(before + bids, 0);
  const shorts = Math.max(asks - after, 0) - Math.max(asks - before, 0);
  const { mostLong, mostShort } = state.stakes.columns;
  const at = stake[row]!;
  const microCoins = state.instruments.columns.microCoinsPerLot[instrument[row]!]!;
  if (longs !== 0) putF(undo, mostLong, at, mostLong[at]! + longs * microCoins);
  if (shorts !== 0) putF(undo, mostShort, at, mostShort[at]! + shorts * microCoins);
}

/**
 * Follows the open orders of one side, the position unchanged.
 *
 * @param row of the position
 * @param before what could be held of that side until now: lots + open bids, or open asks − lots
 * @param after the same from now on
 */
export function moveOpenStake(
  state: State,
  undo: Undo,
  row: number,
  side: number,
  before: number,
  after: number,
): void {
  const change = Math.max(after, 0) - Math.max(before, 0);
  if (change === 0) return;
  const { instrument, stake } = state.positions.columns;
  const { mostLong, mostShort } = state.stakes.columns;
  const column = side === 0 ? mostLong : mostShort;
  const at = stake[row]!;
  const microCoins = state.instruments.columns.microCoinsPerLot[instrument[row]!]!;
  putF(undo, column, at, column[at]! + change * microCoins);
}
