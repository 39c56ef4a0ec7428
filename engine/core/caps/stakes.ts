import { putF, type Undo } from '../memory/undo.ts';
import type { State } from '../state.ts';

/** Of a coin: what sizes of all instruments of an underlying are counted in, whatever their lots. */
export const MICRO_COINS = 1_000_000;

/**
 * The most a firm could come to hold in an underlying once its open orders fill: Σ over its accounts and
 * instruments of max(0, lots + open bids) and of max(0, open asks − lots), in 1e-6 coins. An option counts
 * as the coins it is written on, spot not at all. Row = firm × underlyings + underlying.
 */
export const STAKE_LAYOUT = { mostLong: 'f64', mostShort: 'f64' } as const;

export function stakeRow(state: State, firm: number, underlying: number): number {
  return firm * state.limits.underlyings + underlying;
}

/**
 * Follows a position, or the open orders beside it, from one size to another.
 *
 * @param row of the position
 * @param side 0: `before` and `after` are lots + open bids, 1: open asks − lots
 */
export function moveStake(
  state: State,
  undo: Undo,
  row: number,
  side: number,
  before: number,
  after: number,
): void {
  const change = Math.max(after, 0) - Math.max(before, 0);
  if (change === 0) return;
  const { account, instrument } = state.positions.columns;
  const { underlying, microCoinsPerLot } = state.instruments.columns;
  const of = instrument[row]!;
  const { mostLong, mostShort } = state.stakes.columns;
  const column = side === 0 ? mostLong : mostShort;
  const at = stakeRow(state, state.accounts.columns.firm[account[row]!]!, underlying[of]!);
  putF(undo, column, at, column[at]! + change * microCoinsPerLot[of]!);
}
