import { assert } from '../../units/assert.ts';

/** Every fact of the engine state lives in one of these two kinds of column. */
export type Column = Float64Array | Int32Array;

/**
 * The log of old values that lets a preview be applied to a live state and taken back.
 *
 * Why: copying a realistic state stops a thread for 10 ms, applying one order and undoing it takes
 * microseconds. The writer keeps it off: a put is then one untaken branch more than a store.
 */
export interface Undo {
  isOn: boolean;
  length: number;
  columns: Column[];
  indexes: number[];
  values: number[];
}

export function createUndo(): Undo {
  return { isOn: false, length: 0, columns: [], indexes: [], values: [] };
}

function remember(undo: Undo, column: Column, index: number): void {
  const at = undo.length++;
  undo.columns[at] = column;
  undo.indexes[at] = index;
  undo.values[at] = column[index] as number;
}

/** Stores into a Float64 column. All writes of the core go through here or `putI`. */
export function putF(undo: Undo, column: Float64Array, index: number, value: number): void {
  if (undo.isOn) remember(undo, column, index);
  column[index] = value;
}

/** Stores into an Int32 column. Two functions, not one: each then sees one kind of array and stays fast. */
export function putI(undo: Undo, column: Int32Array, index: number, value: number): void {
  if (undo.isOn) remember(undo, column, index);
  column[index] = value;
}

/** Starts remembering. Undo logs do not nest: a preview inside a preview would be a bug of ours. */
export function beginUndo(undo: Undo): void {
  assert(!undo.isOn, 'an undo log is already open');
  undo.isOn = true;
  undo.length = 0;
}

/** Puts every remembered value back, newest first, and stops remembering. */
export function rollBack(undo: Undo): void {
  assert(undo.isOn, 'no undo log is open');
  for (let at = undo.length - 1; at >= 0; at--) {
    undo.columns[at]![undo.indexes[at]!] = undo.values[at]!;
  }
  undo.isOn = false;
  undo.length = 0;
}
