import { NONE } from '../memory/table.ts';
import { putF, type Undo } from '../memory/undo.ts';
import type { State } from '../state.ts';

/** The most that could be held of a position whichever of its open orders fill, lots ≥ 0. */
export function grossLots(lots: number, bids: number, asks: number): number {
  return Math.max(Math.max(lots, 0) + bids, Math.max(0 - lots, 0) + asks);
}

/**
 * Follows a position and its open orders in what the limited nodes above its account could come to hold. Of an
 * account without any this is one look at its row.
 *
 * @param row of the position, whose open lots are written already
 */
export function moveReach(
  state: State,
  undo: Undo,
  row: number,
  lotsBefore: number,
  bidsBefore: number,
  asksBefore: number,
  lots: number,
): void {
  const p = state.positions.columns;
  const first = state.accounts.columns.limited[p.account[row]!]!;
  if (first === NONE) return;
  const bids = p.bidLots[row]!;
  const asks = p.askLots[row]!;
  const gross = grossLots(lots, bids, asks) - grossLots(lotsBefore, bidsBefore, asksBefore);
  const up = lots + bids - lotsBefore - bidsBefore;
  const down = asks - lots - asksBefore + lotsBefore;
  addReach(state, undo, first, p.instrument[row]!, gross, up, down);
}

/**
 * Adds lots of an instrument to what a limited node and those above it could come to hold.
 *
 * @param first row of the lowest of them
 */
export function addReach(
  state: State,
  undo: Undo,
  first: number,
  instrument: number,
  grossLots: number,
  upLots: number,
  downLots: number,
): void {
  const { microCoinsPerLot, optionType, underlying } = state.instruments.columns;
  const micro = microCoinsPerLot[instrument]!;
  if (micro === 0) return;
  const isPut = optionType[instrument] === 1;
  const { gross, up, down } = state.reaches.columns;
  for (let at = first; at !== NONE; at = state.limitedNodes.columns.above[at]!) {
    const cell = reachRow(state, at, underlying[instrument]!);
    if (grossLots !== 0) putF(undo, gross, cell, gross[cell]! + grossLots * micro);
    if (upLots !== 0) {
      const column = isPut ? down : up;
      putF(undo, column, cell, column[cell]! + upLots * micro);
    }
    if (downLots !== 0) {
      const column = isPut ? up : down;
      putF(undo, column, cell, column[cell]! + downLots * micro);
    }
  }
}

export function reachRow(state: State, limitedNode: number, underlying: number): number {
  return limitedNode * state.limits.underlyings + underlying;
}
