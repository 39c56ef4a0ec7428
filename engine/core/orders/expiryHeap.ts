import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/** Row of the open order that expires next, or NONE. */
export function nextToExpire(state: State): number {
  return state.globals.columns.expiryCount[0] === 0 ? NONE : state.expiries.columns.row[0]!;
}

function isBefore(state: State, a: number, b: number): boolean {
  const { expiresAtMs, id } = state.book.orders.columns;
  const difference = expiresAtMs[a]! - expiresAtMs[b]!;
  return difference < 0 || (difference === 0 && id[a]! < id[b]!);
}

function place({ state, undo }: StateWriter, at: number, orderRow: number): void {
  const c = state.expiries.columns;
  putI(undo, c.row, at, orderRow);
  putI(undo, c.place, orderRow, at);
}

function siftUp(writer: StateWriter, from: number, orderRow: number): void {
  const { row } = writer.state.expiries.columns;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(writer.state, orderRow, row[parent]!)) break;
    place(writer, at, row[parent]!);
    at = parent;
  }
  place(writer, at, orderRow);
}

function siftDown(writer: StateWriter, from: number, orderRow: number, count: number): void {
  const { row } = writer.state.expiries.columns;
  let at = from;
  for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && isBefore(writer.state, row[child + 1]!, row[child]!)) child++;
    if (!isBefore(writer.state, row[child]!, orderRow)) break;
    place(writer, at, row[child]!);
    at = child;
  }
  place(writer, at, orderRow);
}

export function addExpiry(writer: StateWriter, orderRow: number): void {
  const { expiryCount } = writer.state.globals.columns;
  const at = expiryCount[0]!;
  putI(writer.undo, expiryCount, 0, at + 1);
  siftUp(writer, at, orderRow);
}

export function removeExpiry(writer: StateWriter, orderRow: number): void {
  const { state, undo } = writer;
  const { expiryCount } = state.globals.columns;
  const { row, place: places } = state.expiries.columns;
  const at = places[orderRow]!;
  const count = expiryCount[0]! - 1;
  putI(undo, expiryCount, 0, count);
  if (at === count) return;
  const last = row[count]!;
  if (at > 0 && isBefore(state, last, row[(at - 1) >> 1]!)) siftUp(writer, at, last);
  else siftDown(writer, at, last, count);
}
