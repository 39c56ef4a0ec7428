import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookTables } from './bookTables.ts';
import { PRICE_TICKS_MAX, rankOf } from './ladder.ts';
import type { PriceTree } from './priceTree.ts';

/** The queues of all levels. */
export interface Queues {
  restOrder(undo: Undo, ladder: number, row: number, ticks: number): void;
  removeOrder(undo: Undo, row: number): void;
  fillOrder(undo: Undo, row: number, lots: number): void;
  /**
   * Moves the front of a queue: the orders before `head` have left it, filled or taken out by a taker.
   *
   * @param head the first order that stays, NONE when none does
   * @param orders how many have left
   * @param lots what they and the new head lost
   */
  dropFront(undo: Undo, level: number, head: number, orders: number, lots: number): void;
}

interface HasQueues extends BookTables {
  readonly queues: Queues;
}

/**
 * Puts an order behind all others of its price.
 *
 * @param ladder see `ladderOf`; for an order book the side of the order itself
 * @param row an order that rests nowhere
 * @param ticks its limit price, in a trigger book its trigger
 */
export function restOrder(store: HasQueues, undo: Undo, ladder: number, row: number, ticks: number): void {
  store.queues.restOrder(undo, ladder, row, ticks);
}

/**
 * Takes an order out of its level, wherever it stands in the queue. Its row lives on: the caller rests
 * it at another price or gives it back with `freeOrder`.
 */
export function removeOrder(store: HasQueues, undo: Undo, row: number): void {
  store.queues.removeOrder(undo, row);
}

/**
 * Takes a partial fill from an order. One that fills whole is removed instead.
 *
 * @param lots filled; less than what is open
 */
export function fillOrder(store: HasQueues, undo: Undo, row: number, lots: number): void {
  store.queues.fillOrder(undo, row, lots);
}

/** Gives an order another limit price on the same ladder. It goes behind all others there. */
export function moveOrder(store: HasQueues, undo: Undo, ladder: number, row: number, ticks: number): void {
  removeOrder(store, undo, row);
  putI(undo, store.orders.columns.priceTicks, row, ticks);
  restOrder(store, undo, ladder, row, ticks);
}

/**
 * Makes an order smaller where it stands: it keeps its place in the queue.
 *
 * @param lots taken off the open and the original size; less than what is open, else it is a cancel
 */
export function reduceOrder(store: HasQueues, undo: Undo, row: number, lots: number): void {
  const { originalLots } = store.orders.columns;
  fillOrder(store, undo, row, lots);
  putI(undo, originalLots, row, originalLots[row]! - lots);
}

export function bindQueues({ orders, levels, ladders }: BookTables, tree: PriceTree): Queues {
  const { level: levelOf, next, previous, openLots } = orders.columns;
  const { head, tail, lots: lotsOf, orderCount: ordersOf } = levels.columns;
  const { orderCount: ladderOrders } = ladders.columns;
  const { findPage, addPage, raiseLevel, lowerLevel, ladderOfLevel } = tree;

  function rest(undo: Undo, ladder: number, row: number, ticks: number): void {
    const open = openLots[row]!;
    assert(levelOf[row] === NONE, 'an order rests in one place');
    assert(ticks > 0 && ticks <= PRICE_TICKS_MAX, 'a price is within the reach of the price tree');
    assert(open > 0, 'an order that rests has open lots');
    const rank = rankOf(ladder, ticks);
    let page = findPage(ladder, rank);
    if (page === NONE) page = addPage(undo, ladder, rank);
    const level = (page << 5) | (rank & 31);
    const count = ordersOf[level]!;
    let last = NONE;
    if (count === 0) {
      putI(undo, head, level, row);
      putF(undo, lotsOf, level, open);
      raiseLevel(undo, ladder, level);
    } else {
      last = tail[level]!;
      putI(undo, next, last, row);
      putF(undo, lotsOf, level, lotsOf[level]! + open);
    }
    putI(undo, tail, level, row);
    putI(undo, ordersOf, level, count + 1);
    putI(undo, previous, row, last);
    putI(undo, next, row, NONE);
    putI(undo, levelOf, row, level);
    putI(undo, ladderOrders, ladder, ladderOrders[ladder]! + 1);
  }

  function remove(undo: Undo, row: number): void {
    const level = levelOf[row]!;
    assert(level !== NONE, 'only an order that rests can be removed');
    const before = previous[row]!;
    const after = next[row]!;
    if (before === NONE) putI(undo, head, level, after);
    else putI(undo, next, before, after);
    if (after === NONE) putI(undo, tail, level, before);
    else putI(undo, previous, after, before);
    putI(undo, levelOf, row, NONE);
    countOut(undo, level, 1, openLots[row]!);
  }

  function fill(undo: Undo, row: number, lots: number): void {
    const level = levelOf[row]!;
    const open = openLots[row]!;
    assert(lots > 0 && lots < open, 'an order in the book keeps some of its lots');
    putI(undo, openLots, row, open - lots);
    putF(undo, lotsOf, level, lotsOf[level]! - lots);
  }

  function dropFront(undo: Undo, level: number, front: number, count: number, lots: number): void {
    putI(undo, head, level, front);
    if (front !== NONE) putI(undo, previous, front, NONE);
    countOut(undo, level, count, lots);
  }

  /** The sums of a level and of its ladder follow their orders; a level without orders leaves the tree. */
  function countOut(undo: Undo, level: number, count: number, lots: number): void {
    const ladder = ladderOfLevel(level);
    const left = ordersOf[level]! - count;
    putI(undo, ladderOrders, ladder, ladderOrders[ladder]! - count);
    putI(undo, ordersOf, level, left);
    putF(undo, lotsOf, level, lotsOf[level]! - lots);
    if (left === 0) lowerLevel(undo, ladder, level);
  }

  return { restOrder: rest, removeOrder: remove, fillOrder: fill, dropFront };
}
