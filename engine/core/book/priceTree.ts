import { freeRow, NONE } from '../memory/table.ts';
import { putI, type Undo } from '../memory/undo.ts';
import type { BookTables } from './bookTables.ts';
import { takeWithRows } from './nodeTable.ts';

/** Where the prices of all ladders are: see `nodeTable.ts` for its shape. */
export interface PriceTree {
  /** The page that holds a rank, or NONE. */
  findPage(ladder: number, rank: number): number;
  /** Makes the page of a rank that has none, with the nodes on its path. The caller raises a level in it at once. */
  addPage(undo: Undo, ladder: number, rank: number): number;
  /** The level of a rank, or NONE when nobody rests there. */
  findLevel(ladder: number, rank: number): number;
  /** The next worse level of the same ladder, or NONE. */
  nextLevel(level: number): number;
  ladderOfLevel(level: number): number;
  /** Rank of a level's price, see `rankOf`. */
  rankOfLevel(level: number): number;
  /** A level gets its first order. */
  raiseLevel(undo: Undo, ladder: number, level: number): void;
  /** A level has lost its last order. A page without levels leaves, with the nodes that have no child left. */
  lowerLevel(undo: Undo, ladder: number, level: number): void;
}

/** The level of a rank, or NONE when nobody rests there. */
export function findLevel(store: { readonly tree: PriceTree }, ladder: number, rank: number): number {
  return store.tree.findLevel(ladder, rank);
}

export function bindPriceTree({ levels, pages, nodes, slots, ladders }: BookTables): PriceTree {
  const { mask: pageMask, parent: pageParent, ladder: pageLadder, rank: pageRank } = pages.columns;
  const { mask: nodeMask, parent: nodeParent } = nodes.columns;
  const { orderCount: ordersOf } = levels.columns;
  const { child } = slots.columns;
  const { root, best } = ladders.columns;

  // Written out, because a loop over four steps costs as much again. Row −1 has no slots, hence the tests.
  function findPage(ladder: number, rank: number): number {
    let up = child[(root[ladder]! << 5) | (rank >>> 20)]!;
    if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 15) & 31)]!;
    if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 10) & 31)]!;
    if (up !== 0) up = child[((up - 1) << 5) | ((rank >>> 5) & 31)]!;
    return up - 1;
  }

  function levelOfRank(ladder: number, rank: number): number {
    const page = findPage(ladder, rank);
    if (page === NONE) return NONE;
    const level = (page << 5) | (rank & 31);
    return ordersOf[level] === 0 ? NONE : level;
  }

  function ladderOfLevel(level: number): number {
    return pageLadder[level >> 5]!;
  }

  function rankOfLevel(level: number): number {
    return pageRank[level >> 5]! | (level & 31);
  }

  function nextLevel(level: number): number {
    const page = level >> 5;
    const lower = pageMask[page]! & ~(-1 << (level & 31));
    return lower === 0 ? bestOfNextPage(page) : (page << 5) | (31 - Math.clz32(lower));
  }

  /** Up to the first node with a lower child, then down its highest. */
  function bestOfNextPage(page: number): number {
    const rank = pageRank[page]!;
    let node = pageParent[page]!;
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

  function addPage(undo: Undo, ladder: number, rank: number): number {
    let node = root[ladder]!;
    for (let shift = 20; shift > 5; shift -= 5) {
      const slot = (rank >>> shift) & 31;
      let below = child[(node << 5) | slot]! - 1;
      if (below === NONE) {
        below = takeWithRows(undo, nodes, slots);
        putI(undo, nodeParent, below, node);
        link(undo, node, slot, below);
      }
      node = below;
    }
    const page = takeWithRows(undo, pages, levels);
    putI(undo, pageParent, page, node);
    putI(undo, pageLadder, page, ladder);
    putI(undo, pageRank, page, rank & ~31);
    link(undo, node, (rank >>> 5) & 31, page);
    return page;
  }

  function raiseLevel(undo: Undo, ladder: number, level: number): void {
    const page = level >> 5;
    putI(undo, pageMask, page, pageMask[page]! | (1 << (level & 31)));
    const touch = best[ladder]!;
    if (touch === NONE || rankOfLevel(level) > rankOfLevel(touch)) putI(undo, best, ladder, level);
  }

  function lowerLevel(undo: Undo, ladder: number, level: number): void {
    if (best[ladder] === level) putI(undo, best, ladder, nextLevel(level));
    const page = level >> 5;
    const mask = pageMask[page]! & ~(1 << (level & 31));
    putI(undo, pageMask, page, mask);
    if (mask === 0) removePage(undo, page);
  }

  function removePage(undo: Undo, page: number): void {
    let rank = pageRank[page]! >>> 5;
    let node = pageParent[page]!;
    unlink(undo, node, rank & 31);
    while (nodeMask[node] === 0 && nodeParent[node] !== NONE) {
      const above = nodeParent[node]!;
      freeRow(undo, nodes, node);
      node = above;
      rank >>>= 5;
      unlink(undo, node, rank & 31);
    }
    freeRow(undo, pages, page);
  }

  function link(undo: Undo, node: number, slot: number, below: number): void {
    putI(undo, child, (node << 5) | slot, below + 1);
    putI(undo, nodeMask, node, nodeMask[node]! | (1 << slot));
  }

  function unlink(undo: Undo, node: number, slot: number): void {
    putI(undo, child, (node << 5) | slot, 0);
    putI(undo, nodeMask, node, nodeMask[node]! & ~(1 << slot));
  }

  return {
    findPage,
    addPage,
    findLevel: levelOfRank,
    nextLevel,
    ladderOfLevel,
    rankOfLevel,
    raiseLevel,
    lowerLevel,
  };
}
