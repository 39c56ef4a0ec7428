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
  /** What puts a name or another fact that is no column back, in the order they changed. */
  facts: (() => void)[];
}

export function createUndo(): Undo {
  return { isOn: false, length: 0, columns: [], indexes: [], values: [], facts: [] };
}

/** Remembers how to put back a fact that is no column. */
export function rememberFact(undo: Undo, restore: () => void): void {
  if (undo.isOn) undo.facts.push(restore);
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
  undo.facts.length = 0;
}

/** Where an attempt began in the log, and whether somebody else was remembering already. */
export interface Attempt {
  readonly from: number;
  readonly factsFrom: number;
  readonly wasOn: boolean;
}

/** Begins something that may have to be taken back alone, also inside a preview. Kept or taken back before it returns. */
export function beginAttempt(undo: Undo): Attempt {
  const { isOn } = undo;
  const attempt = { from: isOn ? undo.length : 0, factsFrom: isOn ? undo.facts.length : 0, wasOn: isOn };
  undo.isOn = true;
  undo.length = attempt.from;
  undo.facts.length = attempt.factsFrom;
  return attempt;
}

export function keepAttempt(undo: Undo, { wasOn }: Attempt): void {
  undo.isOn = wasOn;
  if (wasOn) return;
  undo.length = 0;
  undo.facts.length = 0;
}

export function takeBackAttempt(undo: Undo, { from, factsFrom, wasOn }: Attempt): void {
  putBack(undo, from, factsFrom);
  undo.isOn = wasOn;
}

/** Puts every remembered value back, newest first, and stops remembering. */
export function rollBack(undo: Undo): void {
  assert(undo.isOn, 'no undo log is open');
  putBack(undo, 0, 0);
  undo.isOn = false;
}

function putBack(undo: Undo, from: number, factsFrom: number): void {
  for (let at = undo.length - 1; at >= from; at--) {
    undo.columns[at]![undo.indexes[at]!] = undo.values[at]!;
  }
  undo.length = from;
  for (const restore of undo.facts.splice(factsFrom).reverse()) restore();
}
