import { freeRow, NONE } from '../memory/table.ts';
import { putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { takeWithRows } from './nodeTable.ts';

/** Ladder of a level. */
export function ladderOfLevel(store: BookStore, level: number): number {
  return store.pageLadder[level >> 5]!;
}

/** Rank of a level's price, see `rankOf`. */
export function rankOfLevel(store: BookStore, level: number): number {
  return store.pageRank[level >> 5]! | (level & 31);
}

/**
 * The page that holds a rank, or NONE.
 *
 * Written out, because a loop over four steps costs as much again. Row −1 has no slots, hence the tests.
 */
export function findPage(store: BookStore, ladder: number, rank: number): number {
  const { child, root } = store;
  let up = child[(root[ladder]! << 5) | (rank >>> 20)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 15) & 31)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 10) & 31)]!;
  if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 5) & 31)]!;
  return up - 1;
}

/** The level of a rank, or NONE when nobody rests there. */
export function findLevel(store: BookStore, ladder: number, rank: number): number {
  const page = findPage(store, ladder, rank);
  if (page === NONE) return NONE;
  const level = (page << 5) | (rank & 31);
  return store.levelOrders[level] === 0 ? NONE : level;
}

/** The next worse level of the same ladder, or NONE. */
export function nextLevel(store: BookStore, level: number): number {
  const page = level >> 5;
  const lower = store.pageMask[page]! & ~(-1 << (level & 31));
  return lower === 0 ? bestOfNextPage(store, page) : (page << 5) | (31 - Math.clz32(lower));
}

/** Up to the first node with a lower child, then down its highest. */
function bestOfNextPage(store: BookStore, page: number): number {
  const { child, nodeMask, nodeParent, pageMask } = store;
  const rank = store.pageRank[page]!;
  let node = store.pageParent[page]!;
  let shift = 5;
  let lower = nodeMask[node]! & ~(-1 << ((rank >>> shift) & 31));
  while (lower === 0) {
    node = nodeParent[node]!;
    if (node === NONE) return NONE;
    shift += 5;
    lower = nodeMask[node]! & ~(-1 << ((rank >>> shift) & 31));
  }
  let down = child[(node << 5) | (31 - Math.clz32(lower))]! - 1;
  for (; shift > 5; shift -= 5) down = child[(down << 5) | (31 - Math.clz32(nodeMask[down]!))]! - 1;
  return (down << 5) | (31 - Math.clz32(pageMask[down]!));
}

/** Makes the page of a rank that has none, with the nodes on its path. Its caller raises a level in it at once. */
export function addPage(store: BookStore, undo: Undo, ladder: number, rank: number): number {
  const { child } = store;
  let node = store.root[ladder]!;
  for (let shift = 20; shift > 5; shift -= 5) {
    const slot = (rank >>> shift) & 31;
    let below = child[(node << 5) | slot]! - 1;
    if (below === NONE) {
      below = takeWithRows(undo, store.nodes, store.slots);
      putI(undo, store.nodeParent, below, node);
      link(store, undo, node, slot, below);
    }
    node = below;
  }
  const page = takeWithRows(undo, store.pages, store.levels);
  putI(undo, store.pageParent, page, node);
  putI(undo, store.pageLadder, page, ladder);
  putI(undo, store.pageRank, page, rank & ~31);
  link(store, undo, node, (rank >>> 5) & 31, page);
  return page;
}

/** A level gets its first order. */
export function raiseLevel(store: BookStore, undo: Undo, ladder: number, level: number): void {
  const { pageMask, best } = store;
  const page = level >> 5;
  putI(undo, pageMask, page, pageMask[page]! | (1 << (level & 31)));
  const touch = best[ladder]!;
  if (touch === NONE || rankOfLevel(store, level) > rankOfLevel(store, touch))
    putI(undo, best, ladder, level);
}

/** A level has lost its last order. A page without levels leaves, with the nodes that have no child left. */
export function lowerLevel(store: BookStore, undo: Undo, ladder: number, level: number): void {
  const { pageMask, best } = store;
  if (best[ladder] === level) putI(undo, best, ladder, nextLevel(store, level));
  const page = level >> 5;
  const mask = pageMask[page]! & ~(1 << (level & 31));
  putI(undo, pageMask, page, mask);
  if (mask === 0) removePage(store, undo, page);
}

function removePage(store: BookStore, undo: Undo, page: number): void {
  const { nodeMask, nodeParent } = store;
  let rank = store.pageRank[page]! >>> 5;
  let node = store.pageParent[page]!;
  unlink(store, undo, node, rank & 31);
  while (nodeMask[node] === 0 && nodeParent[node] !== NONE) {
    const above = nodeParent[node]!;
    freeRow(undo, store.nodes, node);
    node = above;
    rank >>>= 5;
    unlink(store, undo, node, rank & 31);
  }
  freeRow(undo, store.pages, page);
}

function link(store: BookStore, undo: Undo, node: number, slot: number, child: number): void {
  const { nodeMask } = store;
  putI(undo, store.child, (node << 5) | slot, child + 1);
  putI(undo, nodeMask, node, nodeMask[node]! | (1 << slot));
}

function unlink(store: BookStore, undo: Undo, node: number, slot: number): void {
  const { nodeMask } = store;
  putI(undo, store.child, (node << 5) | slot, 0);
  putI(undo, nodeMask, node, nodeMask[node]! & ~(1 << slot));
}
