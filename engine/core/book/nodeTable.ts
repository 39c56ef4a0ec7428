import { assert } from '../../units/assert.ts';
import { highWater, type Table, takeRow } from '../memory/table.ts';
import type { Undo } from '../memory/undo.ts';

/*
 * The price tree of a ladder. A rank has 25 bits: the upper 20 choose, five at a time, among the 32 slots
 * of up to four nodes; the lower five choose one of the 32 levels of a page. Nodes and pages are pooled,
 * their slots and levels are theirs for good and addressed by arithmetic (node × 32 + slot).
 */

/** Slots of a node and levels of a page. */
export const RADIX_WAYS = 32;

/** Nodes that one new page may need below the root. */
export const NODES_PER_PATH = 3;

/** An inner node. */
export const NODE_LAYOUT = {
  /** Bit N is set while slot N has a child. */
  mask: 'i32',
  parent: 'i32',
} as const;

/** What a node points at. All slots of a free node are zero, so a node is taken again without clearing. */
export const SLOT_LAYOUT = {
  /** Row of the child plus one, 0 for none. Children of the lowest nodes are pages. */
  child: 'i32',
} as const;

/** 32 neighbouring prices of a ladder. */
export const PAGE_LAYOUT = {
  /** Bit N is set while level N has orders; never zero but in a free page. */
  mask: 'i32',
  parent: 'i32',
  ladder: 'i32',
  /** Rank of the page's lowest level. */
  rank: 'i32',
} as const;

/** A price of a page and its queue in time priority. Only `orderCount` says anything while it is 0. */
export const LEVEL_LAYOUT = {
  /** Sum of the queue's open lots; may pass 32 bits. */
  lots: 'f64',
  orderCount: 'i32',
  head: 'i32',
  tail: 'i32',
} as const;

/**
 * Takes a node or a page, and with a fresh one its 32 rows of the other table.
 *
 * @param rows the nodes' slots or the pages' levels
 */
export function takeWithRows(undo: Undo, owners: Table, rows: Table): number {
  const owner = takeRow(undo, owners);
  if (owner * RADIX_WAYS === highWater(rows)) {
    for (let row = 0; row < RADIX_WAYS; row++) takeRow(undo, rows);
  }
  assert(highWater(rows) >= (owner + 1) * RADIX_WAYS, 'a node or page owns its 32 rows');
  return owner;
}
