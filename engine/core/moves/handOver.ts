import { LedgerReason } from '../../protocol/enums.ts';
import { keptEntryValue, moveExposure, settleSamples } from '../accounts/fill.ts';
import { ensurePosition } from '../accounts/positions.ts';
import type { Engine } from '../engine.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { putF } from '../memory/undo.ts';

/** A part of a position that has left one account and not yet reached another. */
export interface Carried {
  instrument: number;
  /** Signed like the position. */
  lots: number;
  /** Its share of the entry value: what these lots cost. */
  entryValue: number;
}

/**
 * Takes a part out of a position, with its share of the entry value. The funding samples it was held through stay:
 * who held it pays for them.
 *
 * @param row of the position
 * @param lots signed like it, no more than it has
 */
export function takeOut(engine: Engine, row: number, lots: number): Carried {
  const { instrument: of, lots: held, entryValue } = engine.state.positions.columns;
  const instrument = of[row]!;
  settleSamples(engine, row, instrument);
  const before = held[row]!;
  const kept = keptEntryValue(entryValue[row]!, before - lots, before);
  const carried = { instrument, lots, entryValue: entryValue[row]! - kept };
  setPosition(engine, row, before - lots, kept);
  return carried;
}

/**
 * Puts it into a position of another account at what it cost. What it closes there is booked as profit: entry values
 * and what was booked of them sum to the same as before.
 *
 * @returns the profit that was booked, micro-USD
 */
export function putIn(engine: Engine, account: number, carried: Carried): number {
  const { instrument, lots, entryValue } = carried;
  const row = ensurePosition(engine.state, engine.undo, account, instrument);
  settleSamples(engine, row, instrument);
  const c = engine.state.positions.columns;
  const held = c.lots[row]!;
  const sum = c.entryValue[row]! + entryValue;
  const after = held + lots;
  if (held === 0 || held > 0 === lots > 0) {
    setPosition(engine, row, after, sum);
    return 0;
  }
  const isFlipped = Math.abs(lots) > Math.abs(held);
  const kept = isFlipped
    ? keptEntryValue(entryValue, after, lots)
    : keptEntryValue(c.entryValue[row]!, after, held);
  setPosition(engine, row, after, kept);
  bookPnl(engine, account, instrument, kept - sum);
  return kept - sum;
}

/** Books profit or loss of an account against CLEARING, which mirrors all entry values. */
export function bookPnl(engine: Engine, account: number, instrument: number, pnlUsd: number): void {
  const { realizedPnl } = LedgerReason;
  if (pnlUsd > 0) post(engine, CLEARING, account, USDC, pnlUsd, realizedPnl, instrument);
  else if (pnlUsd < 0) post(engine, account, CLEARING, USDC, -pnlUsd, realizedPnl, instrument);
}

/** Follows a position to a new size and cost in all that is summed over positions. */
export function setPosition(engine: Engine, row: number, lots: number, entryValue: number): void {
  const c = engine.state.positions.columns;
  const before = c.lots[row]!;
  putF(engine.undo, c.lots, row, lots);
  putF(engine.undo, c.entryValue, row, entryValue);
  moveExposure(engine, row, before, lots);
}
