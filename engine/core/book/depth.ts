import { NONE } from '../memory/table.ts';
import type { BookStore } from './bookStore.ts';
import { rankOf } from './ladder.ts';
import { findLevel, nextLevel, rankOfLevel } from './priceTree.ts';

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
export function readDepth(store: BookStore, ladder: number, depth: Depth): void {
  const { levelLots, levelOrders } = store;
  let count = 0;
  let level = store.best[ladder]!;
  while (level !== NONE && count < depth.ticks.length) {
    depth.ticks[count] = rankOf(ladder, rankOfLevel(store, level));
    depth.lots[count] = levelLots[level]!;
    depth.orderCount[count] = levelOrders[level]!;
    count++;
    level = nextLevel(store, level);
  }
  depth.count = count;
}

/** Open lots at a price; 0 when nobody rests there. */
export function levelLots(store: BookStore, ladder: number, ticks: number): number {
  const level = findLevel(store, ladder, rankOf(ladder, ticks));
  return level === NONE ? 0 : store.levelLots[level]!;
}

/** Orders at a price; 0 when nobody rests there. */
export function levelOrderCount(store: BookStore, ladder: number, ticks: number): number {
  const level = findLevel(store, ladder, rankOf(ladder, ticks));
  return level === NONE ? 0 : store.levelOrders[level]!;
}

/** Open lots of a whole ladder, summed over its levels. */
export function ladderLots(store: BookStore, ladder: number): number {
  const { levelLots } = store;
  let sum = 0;
  for (let level = store.best[ladder]!; level !== NONE; level = nextLevel(store, level)) {
    sum += levelLots[level]!;
  }
  return sum;
}

/** Open lots that trade before this order at its own price: its exact place in the queue, 0 at the front. */
export function lotsAhead(store: BookStore, row: number): number {
  const { previous, openLots, levelOf } = store;
  if (levelOf[row] === NONE) return 0;
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
export function fillableLots(store: BookStore, ladder: number, limitTicks: number, enough: number): number {
  const { levelLots } = store;
  const limit = rankOf(ladder, limitTicks);
  let sum = 0;
  let level = store.best[ladder]!;
  while (level !== NONE && sum < enough && rankOfLevel(store, level) >= limit) {
    sum += levelLots[level]!;
    level = nextLevel(store, level);
  }
  return sum;
}
