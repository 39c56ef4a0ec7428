import { assert } from '../../units/assert.ts';
import { freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { RADIX_BITS, RADIX_DEPTH, takeNode } from './nodeTable.ts';

/** Bits of the rank that a root looks at: the topmost five. */
const ROOT_SHIFT = RADIX_BITS * (RADIX_DEPTH - 1);
const SLOT_MASK = 31;

/**
 * The level of a price, or NONE.
 *
 * @param rank the price, see `rankOf`
 */
export function findLevel(store: BookStore, ladder: number, rank: number): number {
  const { child } = store.slots.columns;
  // Written out: a loop over five steps costs as much again. Slots of row −1 do not exist, hence the tests.
  let up = child[(store.ladders.columns.root[ladder]! << 5) | (rank >>> 20)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 15) & 31)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 10) & 31)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 5) & 31)]!;
  if (up !== 0) up = child[((up - 1) << 5) | (rank & 31)]!;
  return up - 1;
}

/** The next worse level of the same ladder, or NONE: up to the first node with a lower child, then down its highest. */
export function nextLevel(store: BookStore, level: number): number {
  const { child } = store.slots.columns;
  const { mask, parent } = store.nodes.columns;
  const rank = store.levels.columns.rank[level]!;
  let node = store.levels.columns.leaf[level]!;
  let shift = 0;
  let lower = mask[node]! & ~(-1 << (rank & 31));
  while (lower === 0) {
    node = parent[node]!;
    if (node === NONE) return NONE;
    shift += 5;
    lower = mask[node]! & ~(-1 << ((rank >>> shift) & 31));
  }
  let next = child[(node << 5) | (31 - Math.clz32(lower))]! - 1;
  for (; shift > 0; shift -= 5) next = child[(next << 5) | (31 - Math.clz32(mask[next]!))]! - 1;
  return next;
}

/**
 * Makes an empty level for a price that has none, with the nodes on its path.
 *
 * @returns the new level; its caller puts the first order into it at once
 */
export function addLevel(store: BookStore, undo: Undo, ladder: number, rank: number): number {
  const level = takeRow(undo, store.levels);
  const leaf = growPath(store, undo, store.ladders.columns.root[ladder]!, rank);
  link(store, undo, leaf, rank & SLOT_MASK, level);

  const { lots, ladder: ladderOf, rank: rankOf, head, tail, orderCount, leaf: leafOf } = store.levels.columns;
  putF(undo, lots, level, 0);
  putI(undo, ladderOf, level, ladder);
  putI(undo, rankOf, level, rank);
  putI(undo, head, level, NONE);
  putI(undo, tail, level, NONE);
  putI(undo, orderCount, level, 0);
  putI(undo, leafOf, level, leaf);

  const { best, levelCount } = store.ladders.columns;
  putI(undo, levelCount, ladder, levelCount[ladder]! + 1);
  const touch = best[ladder]!;
  if (touch === NONE || rank > rankOf[touch]!) putI(undo, best, ladder, level);
  return level;
}

/** Takes an empty level out of its ladder, with the nodes that have no child left. */
export function removeLevel(store: BookStore, undo: Undo, level: number): void {
  const { ladder: ladderOf, rank: rankOf, leaf, orderCount } = store.levels.columns;
  assert(orderCount[level] === 0, 'a level that leaves the book is empty');
  const ladder = ladderOf[level]!;
  const { best, levelCount } = store.ladders.columns;
  if (best[ladder] === level) putI(undo, best, ladder, nextLevel(store, level));
  putI(undo, levelCount, ladder, levelCount[ladder]! - 1);

  const { mask, parent } = store.nodes.columns;
  let node = leaf[level]!;
  let rank = rankOf[level]!;
  unlink(store, undo, node, rank & SLOT_MASK);
  while (mask[node] === 0 && parent[node] !== NONE) {
    const above = parent[node]!;
    freeRow(undo, store.nodes, node);
    node = above;
    rank >>>= RADIX_BITS;
    unlink(store, undo, node, rank & SLOT_MASK);
  }
  freeRow(undo, store.levels, level);
}

/** The leaf of a rank; nodes that are missing on the way are made. */
function growPath(store: BookStore, undo: Undo, root: number, rank: number): number {
  const { child: childOf } = store.slots.columns;
  let node = root;
  for (let shift = ROOT_SHIFT; shift > 0; shift -= RADIX_BITS) {
    const slot = (rank >>> shift) & SLOT_MASK;
    let child = childOf[(node << 5) | slot]! - 1;
    if (child === NONE) {
      child = takeNode(undo, store.nodes, store.slots);
      putI(undo, store.nodes.columns.parent, child, node);
      link(store, undo, node, slot, child);
    }
    node = child;
  }
  return node;
}

function link(store: BookStore, undo: Undo, node: number, slot: number, child: number): void {
  const { mask } = store.nodes.columns;
  putI(undo, store.slots.columns.child, (node << 5) | slot, child + 1);
  putI(undo, mask, node, mask[node]! | (1 << slot));
}

function unlink(store: BookStore, undo: Undo, node: number, slot: number): void {
  const { mask } = store.nodes.columns;
  putI(undo, store.slots.columns.child, (node << 5) | slot, 0);
  putI(undo, mask, node, mask[node]! & ~(1 << slot));
}
