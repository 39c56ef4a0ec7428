import { SECOND_MS } from '../../units/time.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';
import { MOVE_SLOTS } from './isolationTable.ts';

const MOVE_SLOT_MS = 5 * SECOND_MS;

function slotOf(state: State): number {
  return Math.floor(state.globals.columns.timeMs[0]! / MOVE_SLOT_MS);
}

/** Takes a renewed index into the lows and highs of the last minute. */
export function noteIndex(writer: StateWriter, underlying: number): void {
  const { state, undo } = writer;
  const m = state.moves.columns;
  const slot = slotOf(state);
  const row = underlying * MOVE_SLOTS + (slot % MOVE_SLOTS);
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  const isNew = m.slot[row] !== slot;
  putF(undo, m.slot, row, slot);
  putF(undo, m.lowE8, row, isNew ? indexE8 : Math.min(m.lowE8[row]!, indexE8));
  putF(undo, m.highE8, row, isNew ? indexE8 : Math.max(m.highE8[row]!, indexE8));
}

/** How far the index stands from the farthest it was within the last minute, as a fraction ≥ 0 of that. */
export function moveOfMinute(state: State, underlying: number): number {
  const m = state.moves.columns;
  const oldest = slotOf(state) - MOVE_SLOTS;
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  let largest = 0;
  for (let row = underlying * MOVE_SLOTS; row < (underlying + 1) * MOVE_SLOTS; row++) {
    if (m.slot[row]! <= oldest) continue;
    largest = Math.max(largest, indexE8 / m.lowE8[row]! - 1, 1 - indexE8 / m.highE8[row]!);
  }
  return largest;
}
