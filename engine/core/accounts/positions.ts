import { moveOpenStake, stakeRow } from '../caps/stakes.ts';
import { moveReach } from '../limits/reach.ts';
import { freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { State } from '../state.ts';

/** Row of an account's position in an instrument, or NONE. Accounts hold few: a walk beats a hash. */
export function findPosition(state: State, account: number, instrument: number): number {
  const { instrument: of, next } = state.positions.columns;
  let row = state.accounts.columns.firstPosition[account]!;
  while (row !== NONE && of[row]! < instrument) row = next[row]!;
  return row !== NONE && of[row] === instrument ? row : NONE;
}

/** Signed lots of an account in an instrument; 0 without a position. */
export function positionLots(state: State, account: number, instrument: number): number {
  const row = findPosition(state, account, instrument);
  return row === NONE ? 0 : state.positions.columns.lots[row]!;
}

/** Row of the position, made flat and linked in ascending instrument when there is none. */
export function ensurePosition(state: State, undo: Undo, account: number, instrument: number): number {
  const { positions, accounts } = state;
  const { instrument: of, next } = positions.columns;
  const { firstPosition } = accounts.columns;
  let before: number = NONE;
  let row = firstPosition[account]!;
  while (row !== NONE && of[row]! < instrument) {
    before = row;
    row = next[row]!;
  }
  if (row !== NONE && of[row] === instrument) return row;
  const made = takeRow(undo, positions);
  const c = positions.columns;
  putI(undo, c.account, made, account);
  putI(undo, c.instrument, made, instrument);
  const underlying = state.instruments.columns.underlying[instrument]!;
  putI(undo, c.stake, made, stakeRow(state, accounts.columns.firm[account]!, underlying));
  putI(undo, c.next, made, row);
  putF(undo, c.lots, made, 0);
  putF(undo, c.entryValue, made, 0);
  putF(undo, c.bidLots, made, 0);
  putF(undo, c.askLots, made, 0);
  putF(undo, c.lotSamples, made, 0);
  putF(undo, c.sampledAt, made, state.instruments.columns.samples[instrument]!);
  if (before === NONE) putI(undo, firstPosition, account, made);
  else putI(undo, next, before, made);
  return made;
}

/** Gives the row back once nothing is held, open or owed in it. */
export function dropIfEmpty(state: State, undo: Undo, row: number): void {
  const c = state.positions.columns;
  if (c.lots[row] !== 0 || c.bidLots[row] !== 0 || c.askLots[row] !== 0 || c.lotSamples[row] !== 0) return;
  const account = c.account[row]!;
  const { firstPosition } = state.accounts.columns;
  if (firstPosition[account] === row) {
    putI(undo, firstPosition, account, c.next[row]!);
  } else {
    let before = firstPosition[account]!;
    while (c.next[before] !== row) before = c.next[before]!;
    putI(undo, c.next, before, c.next[row]!);
  }
  freeRow(undo, state.positions, row);
}

/** A freed row keeps its old words: it is live when its account's list still holds it. */
export function isLivePosition({ positions, accounts }: State, row: number): boolean {
  const { next, account } = positions.columns;
  let at = accounts.columns.firstPosition[account[row]!]!;
  while (at !== NONE && at !== row) at = next[at]!;
  return at === row;
}

/** Counts an order that is not reduce-only into, or (negative lots) out of, what margin sees as open. */
export function addOpenLots(state: State, undo: Undo, row: number, side: number, lots: number): void {
  const { bidLots, askLots, lots: held } = state.positions.columns;
  const column = side === 0 ? bidLots : askLots;
  const before = side === 0 ? column[row]! + held[row]! : column[row]! - held[row]!;
  const bids = bidLots[row]!;
  const asks = askLots[row]!;
  putF(undo, column, row, column[row]! + lots);
  moveReach(state, undo, row, held[row]!, bids, asks, held[row]!);
  moveOpenStake(state, undo, row, side, before, before + lots);
}
