import { NONE } from '../memory/table.ts';
import { type HasTree, rankOf } from './ladder.ts';

/** Room for the best levels of a ladder, best first. Whoever reads depth keeps one and reads into it. */
export interface Depth {
  count: number;
  readonly ticks: Int32Array;
  /** Doubles: the sum of a level may pass 32 bits. */
  readonly lots: Float64Array;
  readonly orderCount: Int32Array;
}

export function createDepth(levels: number): Depth {
  return {
    count: 0,
    ticks: new Int32Array(levels),
    lots: new Float64Array(levels),
    orderCount: new Int32Array(levels),
  };
}

/** Reads the best levels of a ladder, as many as `depth` holds. */
export function readDepth(store: HasTree, ladder: number, depth: Depth): void {
  const { lots, orderCount } = store.levels.columns;
  const { nextLevel, rankOfLevel } = store.tree;
  let count = 0;
  let level = store.ladders.columns.best[ladder]!;
  while (level !== NONE && count < depth.ticks.length) {
    depth.ticks[count] = rankOf(ladder, rankOfLevel(level));
    depth.lots[count] = lots[level]!;
    depth.orderCount[count] = orderCount[level]!;
    count++;
    level = nextLevel(level);
  }
  depth.count = count;
}

/** Open lots at a price; 0 when nobody rests there. */
export function levelLots(store: HasTree, ladder: number, ticks: number): number {
  const level = store.tree.findLevel(ladder, rankOf(ladder, ticks));
  return level === NONE ? 0 : store.levels.columns.lots[level]!;
}

/** Orders at a price; 0 when nobody rests there. */
export function levelOrderCount(store: HasTree, ladder: number, ticks: number): number {
  const level = store.tree.findLevel(ladder, rankOf(ladder, ticks));
  return level === NONE ? 0 : store.levels.columns.orderCount[level]!;
}

/** Open lots of a whole ladder, summed over its levels. */
export function ladderLots(store: HasTree, ladder: number): number {
  const { lots } = store.levels.columns;
  const { nextLevel } = store.tree;
  let sum = 0;
  for (let level = store.ladders.columns.best[ladder]!; level !== NONE; level = nextLevel(level)) {
    sum += lots[level]!;
  }
  return sum;
}

/** Open lots that trade before this order at its own price: its exact place in the queue, 0 at the front. */
export function lotsAhead(store: HasTree, row: number): number {
  const { previous, openLots, level } = store.orders.columns;
  if (level[row] === NONE) return 0;
  let lots = 0;
  for (let other = previous[row]!; other !== NONE; other = previous[other]!) lots += openLots[other]!;
  return lots;
}

/**
 * Lots a taker would meet down to its limit, whoever they belong to: an upper bound of its fill, summed
 * by level. `planMatch` gives the exact one.
 *
 * @param ladder the opposite side of the taker
 * @param enough stops the sum; the result is then at least this
 */
export function fillableLots(store: HasTree, ladder: number, limitTicks: number, enough: number): number {
  const { lots } = store.levels.columns;
  const { nextLevel, rankOfLevel } = store.tree;
  const limit = rankOf(ladder, limitTicks);
  let sum = 0;
  let level = store.ladders.columns.best[ladder]!;
  while (level !== NONE && sum < enough && rankOfLevel(level) >= limit) {
    sum += lots[level]!;
    level = nextLevel(level);
  }
  return sum;
}
