import { Side } from '../../protocol/enums.ts';
import type { PriceTicks } from '../../units/price.ts';
import { NONE } from '../memory/table.ts';
import type { BookTables } from './bookTables.ts';
import type { PriceTree } from './priceTree.ts';

/** Largest price of an order or a trigger: the 25 bits that the price tree resolves. */
export const PRICE_TICKS_MAX = 0x1ffffff as PriceTicks;

/** The tables and the tree bound to them: all that reading a book takes. */
export interface HasTree extends BookTables {
  readonly tree: PriceTree;
}

/**
 * The ladder of one side of a book.
 *
 * Side.buy is best at its highest price, Side.sell at its lowest. In a trigger book the side says which
 * way the mark must go, whatever the order's own side: Side.sell holds what wakes when the mark rises,
 * Side.buy what wakes when it falls.
 */
export function ladderOf(book: number, side: Side): number {
  return book * 2 + side;
}

export function bookOfLadder(ladder: number): number {
  return ladder >> 1;
}

export function sideOfLadder(ladder: number): Side {
  return (ladder & 1) as Side;
}

/**
 * A price as a rank, and back: it is its own inverse. A better price has a larger rank on both sides,
 * so one code walks bids and asks.
 *
 * @example rankOf(an ask ladder, 100) → 33_554_331
 */
export function rankOf(ladder: number, ticks: number): number {
  return ticks ^ (-(ladder & 1) & PRICE_TICKS_MAX);
}

/** Where an order rests, or NONE when it rests nowhere. */
export function ladderOfOrder(store: HasTree, row: number): number {
  const level = store.orders.columns.level[row]!;
  return level === NONE ? NONE : store.tree.ladderOfLevel(level);
}

/** The best price of a ladder in ticks, or NONE when it is empty. */
export function bestTicks(store: HasTree, ladder: number): PriceTicks | typeof NONE {
  const best = store.ladders.columns.best[ladder]!;
  return best === NONE ? NONE : (rankOf(ladder, store.tree.rankOfLevel(best)) as PriceTicks);
}

export function bestBid(store: HasTree, book: number): PriceTicks | typeof NONE {
  return bestTicks(store, ladderOf(book, Side.buy));
}

export function bestAsk(store: HasTree, book: number): PriceTicks | typeof NONE {
  return bestTicks(store, ladderOf(book, Side.sell));
}

/**
 * The first order of a ladder at `ticks` or better, or NONE. On a trigger book that is the order which
 * a mark at `ticks` wakes next: nearest trigger first, then the earliest.
 */
export function firstOrderReaching(store: HasTree, ladder: number, ticks: number): number {
  const best = store.ladders.columns.best[ladder]!;
  if (best === NONE || store.tree.rankOfLevel(best) < rankOf(ladder, ticks)) return NONE;
  return store.levels.columns.head[best]!;
}
