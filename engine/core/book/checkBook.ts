import { Side } from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import type { BookStore } from './bookStore.ts';
import { bestAsk, bestBid, ladderOf } from './ladder.ts';
import { RADIX_WAYS } from './nodeTable.ts';

/** Bits of a rank below a root's slots. */
const ROOT_SHIFT = 20;

/**
 * States everything we believe of a book, summed from nothing: its tree, its queues and its touch. Slow;
 * for tests and for a stopped engine.
 *
 * @fails AssertionError at the first belief that is broken
 */
export function checkBook(store: BookStore, book: number): void {
  for (const side of [Side.buy, Side.sell]) checkLadder(store, ladderOf(book, side));
}

/** States that nobody in an order book would pay more than somebody asks. Trigger books may cross. */
export function checkNotCrossed(store: BookStore, book: number): void {
  const bid = bestBid(store, book);
  const ask = bestAsk(store, book);
  assert(bid === NONE || ask === NONE || bid < ask, `book ${book} is crossed: bid ${bid}, ask ${ask}`);
}

/** Rows of the orders of a ladder, best price first, then first come. */
export function rowsOf(store: BookStore, ladder: number): number[] {
  const rows: number[] = [];
  for (let level = store.ladders.columns.best[ladder]!; level !== NONE; level = store.tree.nextLevel(level)) {
    for (let row = store.levels.columns.head[level]!; row !== NONE; row = store.orders.columns.next[row]!)
      rows.push(row);
  }
  return rows;
}

function checkLadder(store: BookStore, ladder: number): void {
  const pages = pagesBelow(store, store.ladders.columns.root[ladder]!, ROOT_SHIFT, 0);
  const levels = pages.flatMap((page) => checkPage(store, ladder, page));
  const walked: number[] = [];
  for (let level = store.ladders.columns.best[ladder]!; level !== NONE; level = store.tree.nextLevel(level))
    walked.push(level);
  assert(walked.join() === levels.join(), 'the walk from the best level visits the tree from its top down');
  const orders = levels.reduce((sum, level) => sum + checkLevel(store, level), 0);
  assert(store.ladders.columns.orderCount[ladder] === orders, 'a ladder counts the orders of its levels');
}

/** Pages under a node, highest rank first. */
function pagesBelow(store: BookStore, node: number, shift: number, rank: number): number[] {
  const pages: number[] = [];
  for (let slot = RADIX_WAYS - 1; slot >= 0; slot--) {
    const child = store.slots.columns.child[node * RADIX_WAYS + slot]! - 1;
    const hasBit = ((store.nodes.columns.mask[node]! >>> slot) & 1) === 1;
    assert(hasBit === (child !== NONE), 'the mask of a node says which slots have a child');
    if (child === NONE) continue;
    const below = rank + (slot << shift);
    const parent = shift === 5 ? store.pages.columns.parent[child] : store.nodes.columns.parent[child];
    assert(parent === node, 'a child knows its parent');
    if (shift === 5) assert(store.pages.columns.rank[child] === below, 'a page hangs where its rank says');
    else assert(store.nodes.columns.mask[child] !== 0, 'a node below the root has a child');
    pages.push(...(shift === 5 ? [child] : pagesBelow(store, child, shift - 5, below)));
  }
  return pages;
}

/** Levels of a page that have orders, highest rank first. */
function checkPage(store: BookStore, ladder: number, page: number): number[] {
  assert(store.pages.columns.ladder[page] === ladder, 'a page knows its ladder');
  assert(store.pages.columns.mask[page] !== 0, 'a page in the tree has a level');
  const levels: number[] = [];
  for (let at = RADIX_WAYS - 1; at >= 0; at--) {
    const level = page * RADIX_WAYS + at;
    const hasBit = ((store.pages.columns.mask[page]! >>> at) & 1) === 1;
    assert(
      hasBit === store.levels.columns.orderCount[level]! > 0,
      'the mask of a page says which levels have orders',
    );
    if (hasBit) levels.push(level);
  }
  return levels;
}

/** @returns how many orders queue there */
function checkLevel(store: BookStore, level: number): number {
  let lots = 0;
  let orders = 0;
  let before: number = NONE;
  for (let row = store.levels.columns.head[level]!; row !== NONE; row = store.orders.columns.next[row]!) {
    assert(store.orders.columns.id[row]! > 0, 'an order in a queue is open');
    assert(
      store.orders.columns.level[row] === level && store.orders.columns.previous[row] === before,
      'a queue is linked both ways',
    );
    assert(store.orders.columns.openLots[row]! > 0, 'an order in a queue has open lots');
    lots += store.orders.columns.openLots[row]!;
    orders++;
    before = row;
  }
  assert(store.levels.columns.tail[level] === before, 'a queue ends at its tail');
  assert(store.levels.columns.lots[level] === lots, 'the lots of a level are the sum of its orders');
  assert(store.levels.columns.orderCount[level] === orders, 'a level counts its orders');
  return orders;
}
