import { assert, broken } from '../../units/assert.ts';
import { type Column, putI, type Undo } from './undo.ts';

/** Column kinds by name: 'f64' holds money, times and ids; 'i32' holds indexes, ticks, lots and flags. */
export type Layout = Record<string, 'f64' | 'i32'>;

export type ColumnsOf<L extends Layout> = {
  readonly [K in keyof L]: L[K] extends 'f64' ? Float64Array : Int32Array;
};

/** No row: the end of a list, an empty link. */
export const NONE = -1;

/** Cells of `control`. They are state: a restored engine must hand out the same rows as the one that saved it. */
const FREE_HEAD = 0;
const HIGH_WATER = 1;
const LIVE = 2;

/**
 * A pool of rows as a structure of arrays, with a free list that is part of the state.
 *
 * Capacity is fixed at genesis (a limit on everything, and no growth pause); rows at or above the
 * high-water mark have never been used and hold zeros, so snapshots, hashes and forks stop there.
 */
export interface Table<L extends Layout = Layout> {
  readonly name: string;
  readonly capacity: number;
  readonly columns: ColumnsOf<L>;
  /** [free list head, high-water mark, live rows] */
  readonly control: Int32Array;
  /** Link to the next free row. */
  readonly free: Int32Array;
}

export function createTable<L extends Layout>(name: string, capacity: number, layout: L): Table<L> {
  const columns: Record<string, Column> = {};
  for (const [key, kind] of Object.entries(layout)) {
    columns[key] = kind === 'f64' ? new Float64Array(capacity) : new Int32Array(capacity);
  }
  const control = Int32Array.of(NONE, 0, 0);
  // V8 keeps an object that was filled key by key as a hash table after some 18 keys; the copy is a
  // plain record again, and reading a column of it is one load.
  return { name, capacity, columns: { ...columns } as ColumnsOf<L>, control, free: new Int32Array(capacity) };
}

/** A table whose rows are addressed by arithmetic (account × assets + asset) and therefore all in use. */
export function createDenseTable<L extends Layout>(name: string, capacity: number, layout: L): Table<L> {
  const table = createTable(name, capacity, layout);
  table.control[HIGH_WATER] = capacity;
  table.control[LIVE] = capacity;
  return table;
}

/** Rows that have ever been used: everything worth hashing, saving or copying lies below. */
export function highWater(table: Table): number {
  return table.control[HIGH_WATER]!;
}

export function liveRows(table: Table): number {
  return table.control[LIVE]!;
}

/** Whether `count` more rows can be had. Refusals ask this before anything is written. */
export function hasRoom(table: Table, count: number): boolean {
  return table.control[LIVE]! + count <= table.capacity;
}

/**
 * Takes a row: the most recently freed one, else a fresh one. Its columns hold whatever the last user
 * left; the taker writes them all.
 *
 * @fails AssertionError when the table is full: the caller asked `hasRoom` before it began to write
 */
export function takeRow(undo: Undo, table: Table): number {
  const { control } = table;
  putI(undo, control, LIVE, control[LIVE]! + 1);
  const freed = control[FREE_HEAD]!;
  if (freed !== NONE) {
    putI(undo, control, FREE_HEAD, table.free[freed]!);
    return freed;
  }
  const row = control[HIGH_WATER]!;
  if (row >= table.capacity) throw broken(`table ${table.name} is full at ${table.capacity} rows`);
  putI(undo, control, HIGH_WATER, row + 1);
  return row;
}

/**
 * Takes a block of rows into use in a table that is addressed by arithmetic (firm × instruments +
 * instrument): hashes and snapshots then see the blocks of those there are, not of all there may be.
 */
export function extendTo(undo: Undo, table: Table, rows: number): void {
  assert(rows <= table.capacity, 'a block of rows fits its table');
  if (rows > table.control[HIGH_WATER]!) putI(undo, table.control, HIGH_WATER, rows);
}

/** Gives a row back. */
export function freeRow(undo: Undo, table: Table, row: number): void {
  const { control } = table;
  putI(undo, table.free, row, control[FREE_HEAD]!);
  putI(undo, control, FREE_HEAD, row);
  putI(undo, control, LIVE, control[LIVE]! - 1);
}
