import { assert } from '../../units/assert.ts';
import { highWater, type Table, takeRow } from '../memory/table.ts';
import type { Undo } from '../memory/undo.ts';

/** Children of one radix node, and the bits of a price rank that choose among them. */
export const RADIX_WAYS = 32;
export const RADIX_BITS = 5;

/** Steps from a ladder's root to a level. Five of five bits cover every price. */
export const RADIX_DEPTH = 5;

/** Nodes that one new level may need below the root. */
export const NODES_PER_PATH = RADIX_DEPTH - 1;

/** One node of the price tree. */
export const NODE_LAYOUT = {
  /** Bit N is set while slot N of the node has a child. */
  mask: 'i32',
  parent: 'i32',
} as const;

/**
 * The children of node N are rows N × 32 … N × 32 + 31. A node keeps its slots for good, and the slots of
 * a free node are all zeros, so a node can be taken again without being cleared.
 */
export const SLOT_LAYOUT = {
  /** Row of the child plus one, 0 for none. The children of the lowest nodes are levels. */
  child: 'i32',
} as const;

/** Takes a node, with its slots when it is a fresh one. */
export function takeNode(
  undo: Undo,
  nodes: Table<typeof NODE_LAYOUT>,
  slots: Table<typeof SLOT_LAYOUT>,
): number {
  const node = takeRow(undo, nodes);
  if (node * RADIX_WAYS === highWater(slots)) {
    for (let slot = 0; slot < RADIX_WAYS; slot++) takeRow(undo, slots);
  }
  assert(nodes.columns.mask[node] === 0, 'a free node has no children');
  return node;
}
