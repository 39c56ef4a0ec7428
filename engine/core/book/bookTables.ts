import { createDenseTable, createTable, type Table } from '../memory/table.ts';
import { LEVEL_LAYOUT, NODE_LAYOUT, PAGE_LAYOUT, RADIX_WAYS, SLOT_LAYOUT } from './nodeTable.ts';
import { ORDER_LAYOUT } from './orderTable.ts';

/** One side of one book. */
const LADDER_LAYOUT = {
  root: 'i32',
  /** The best level, so that nobody searches for the touch; NONE when the ladder is empty. */
  best: 'i32',
  orderCount: 'i32',
} as const;

/** A single row: what numbers the orders, and what is promised. */
const COUNTER_LAYOUT = {
  lastOrder: 'f64',
  /** Orders that brackets may still open: room is kept for them. */
  promisedOrders: 'i32',
} as const;

/**
 * The state of every book. Orders, levels and tree nodes of all instruments share their pools, so memory
 * follows what is live and a quiet instrument costs two ladders.
 */
export interface BookTables {
  readonly orders: Table<typeof ORDER_LAYOUT>;
  readonly levels: Table<typeof LEVEL_LAYOUT>;
  readonly pages: Table<typeof PAGE_LAYOUT>;
  readonly nodes: Table<typeof NODE_LAYOUT>;
  readonly slots: Table<typeof SLOT_LAYOUT>;
  readonly ladders: Table<typeof LADDER_LAYOUT>;
  readonly counters: Table<typeof COUNTER_LAYOUT>;
}

/** Limits at genesis. Two books per instrument: its order book and its trigger book. */
export interface BookCapacity {
  orders: number;
  /** Prices that may have orders at once; a page of 32 neighbours is set aside for every four. */
  levels: number;
  /** At most `books` × 2 roots and `NODES_PER_PATH` for each page are used; realistic books need far fewer. */
  nodes: number;
  books: number;
}

/** Levels in use that a page is reckoned with: a book is dense at its top and thin further out. */
export const LEVELS_PER_PAGE = 4;

export function createBookTables(capacity: BookCapacity): BookTables {
  const pageCount = Math.ceil(capacity.levels / LEVELS_PER_PAGE);
  return {
    orders: createTable('orders', capacity.orders, ORDER_LAYOUT),
    levels: createTable('bookLevels', pageCount * RADIX_WAYS, LEVEL_LAYOUT),
    pages: createTable('bookPages', pageCount, PAGE_LAYOUT),
    nodes: createTable('bookNodes', capacity.nodes, NODE_LAYOUT),
    slots: createTable('bookSlots', capacity.nodes * RADIX_WAYS, SLOT_LAYOUT),
    ladders: createTable('bookLadders', capacity.books * 2, LADDER_LAYOUT),
    counters: createDenseTable('bookCounters', 1, COUNTER_LAYOUT),
  };
}
