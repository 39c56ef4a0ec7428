import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import type { State } from '../state.ts';

/**
 * Open GTT orders by expiry, a binary heap over order rows: `row` by place in the heap, `place` by
 * order row. Ties go to the smaller order id, so that a restored engine expires in the same order.
 */
export const EXPIRY_LAYOUT = { row: 'i32', place: 'i32' } as const;

/** Row of the open order that expires next, or NONE. */
export function nextToExpire(state: State): number {
  return state.globals.columns.expiryCount[0] === 0 ? NONE : state.expiries.columns.row[0]!;
}

function isBefore(state: State, a: number, b: number): boolean {
  const { expiresAtMs, id } = state.book.orders.columns;
  const difference = expiresAtMs[a]! - expiresAtMs[b]!;
  return difference < 0 || (difference === 0 && id[a]! < id[b]!);
}

function place({ state, undo }: Engine, at: number, orderRow: number): void {
  const c = state.expiries.columns;
  putI(undo, c.row, at, orderRow);
  putI(undo, c.place, orderRow, at);
}

function siftUp(engine: Engine, from: number, orderRow: number): void {
  const { row } = engine.state.expiries.columns;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(engine.state, orderRow, row[parent]!)) break;
    place(engine, at, row[parent]!);
    at = parent;
  }
  place(engine, at, orderRow);
}

function siftDown(engine: Engine, from: number, orderRow: number, count: number): void {
  const { row } = engine.state.expiries.columns;
  let at = from;
  for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && isBefore(engine.state, row[child + 1]!, row[child]!)) child++;
    if (!isBefore(engine.state, row[child]!, orderRow)) break;
    place(engine, at, row[child]!);
    at = child;
  }
  place(engine, at, orderRow);
}

export function addExpiry(engine: Engine, orderRow: number): void {
  const { expiryCount } = engine.state.globals.columns;
  const at = expiryCount[0]!;
  putI(engine.undo, expiryCount, 0, at + 1);
  siftUp(engine, at, orderRow);
}

export function removeExpiry(engine: Engine, orderRow: number): void {
  const { state, undo } = engine;
  const { expiryCount } = state.globals.columns;
  const { row, place: places } = state.expiries.columns;
  const at = places[orderRow]!;
  const count = expiryCount[0]! - 1;
  putI(undo, expiryCount, 0, count);
  if (at === count) return;
  const last = row[count]!;
  if (at > 0 && isBefore(state, last, row[(at - 1) >> 1]!)) siftUp(engine, at, last);
  else siftDown(engine, at, last, count);
}
