import { assert } from '../../units/assert.ts';
import { createDenseTable, createTable, liveRows, NONE, type Table, takeRow } from '../memory/table.ts';
import { putI, type Undo } from '../memory/undo.ts';
import { NODE_LAYOUT, NODES_PER_PATH, RADIX_WAYS, SLOT_LAYOUT, takeNode } from './nodeTable.ts';
import { ORDER_LAYOUT } from './orderTable.ts';

/** A price with at least one order: a queue in time priority, and its place in the price tree. */
const LEVEL_LAYOUT = {
  /** Sum of the queue's open lots; may pass 32 bits. */
  lots: 'f64',
  ladder: 'i32',
  /** The price as a rank: of two prices of a ladder the better has the larger rank, see `rankOf`. */
  rank: 'i32',
  head: 'i32',
  tail: 'i32',
  orderCount: 'i32',
  /** The tree's leaf that points at this level. */
  leaf: 'i32',
} as const;

/** One side of one book. */
const LADDER_LAYOUT = {
  lots: 'f64',
  root: 'i32',
  /** The best level, so that nobody searches for the touch; NONE when the ladder is empty. */
  best: 'i32',
  orderCount: 'i32',
  levelCount: 'i32',
} as const;

/** A single row: what numbers the orders. */
const COUNTER_LAYOUT = { lastOrder: 'f64' } as const;

/**
 * Every book of the engine. Orders, levels and tree nodes of all instruments share these pools, so
 * memory follows what is live and a quiet instrument costs two ladders.
 */
export interface BookStore {
  readonly orders: Table<typeof ORDER_LAYOUT>;
  readonly levels: Table<typeof LEVEL_LAYOUT>;
  readonly nodes: Table<typeof NODE_LAYOUT>;
  readonly slots: Table<typeof SLOT_LAYOUT>;
  readonly ladders: Table<typeof LADDER_LAYOUT>;
  readonly counters: Table<typeof COUNTER_LAYOUT>;
}

/** Limits at genesis. Two books per instrument: its order book and its trigger book. */
export interface BookCapacity {
  orders: number;
  levels: number;
  /** At most `books` × 2 roots and `NODES_PER_PATH` for each level are used; realistic books need far fewer. */
  nodes: number;
  books: number;
}

/** Empty pools. Books are added with `addBook`. */
export function createBookStore(capacity: BookCapacity): BookStore {
  return {
    orders: createTable('orders', capacity.orders, ORDER_LAYOUT),
    levels: createTable('bookLevels', capacity.levels, LEVEL_LAYOUT),
    nodes: createTable('bookNodes', capacity.nodes, NODE_LAYOUT),
    slots: createTable('bookSlots', capacity.nodes * RADIX_WAYS, SLOT_LAYOUT),
    ladders: createTable('bookLadders', capacity.books * 2, LADDER_LAYOUT),
    counters: createDenseTable('bookCounters', 1, COUNTER_LAYOUT),
  };
}

/** All that is state, for whoever hashes, saves or copies it. */
export function tablesOf(store: BookStore): Table[] {
  return [store.orders, store.levels, store.nodes, store.slots, store.ladders, store.counters];
}

/**
 * Opens an empty book.
 *
 * @returns its number: 0, 1, 2 … in the order of opening
 * @fails AssertionError beyond the capacity: books are opened at genesis and at listing, which is refused first
 */
export function addBook(store: BookStore, undo: Undo): number {
  const bids = addLadder(store, undo);
  const asks = addLadder(store, undo);
  assert(bids % 2 === 0 && asks === bids + 1, 'the two ladders of a book are neighbours');
  return bids / 2;
}

function addLadder(store: BookStore, undo: Undo): number {
  const { root, best } = store.ladders.columns;
  const ladder = takeRow(undo, store.ladders);
  const node = takeNode(undo, store.nodes, store.slots);
  putI(undo, store.nodes.columns.parent, node, NONE);
  putI(undo, root, ladder, node);
  putI(undo, best, ladder, NONE);
  return ladder;
}

/** Whether one more order can surely rest: `placeOrder` refuses before it writes. */
export function hasRoomToRest(store: BookStore): boolean {
  const { orders, levels, nodes } = store;
  return (
    liveRows(orders) < orders.capacity &&
    liveRows(levels) < levels.capacity &&
    liveRows(nodes) + NODES_PER_PATH <= nodes.capacity
  );
}
