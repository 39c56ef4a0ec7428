import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { ladderOfOrder, PRICE_TICKS_MAX, rankOf } from './ladder.ts';
import { addPage, findPage, ladderOfLevel, lowerLevel, raiseLevel } from './priceTree.ts';

/**
 * Puts an order behind all others of its price.
 *
 * @param ladder see `ladderOf`; for an order book the side of the order itself
 * @param row an order that rests nowhere
 * @param ticks its limit price, in a trigger book its trigger
 */
export function restOrder(store: BookStore, undo: Undo, ladder: number, row: number, ticks: number): void {
  const { levelOf, next, previous, tail, levelLots, levelOrders, ladderOrders } = store;
  const lots = store.openLots[row]!;
  assert(levelOf[row] === NONE, 'an order rests in one place');
  assert(ticks > 0 && ticks <= PRICE_TICKS_MAX, 'a price is within the reach of the price tree');
  assert(lots > 0, 'an order that rests has open lots');
  const rank = rankOf(ladder, ticks);
  let page = findPage(store, ladder, rank);
  if (page === NONE) page = addPage(store, undo, ladder, rank);
  const level = (page << 5) | (rank & 31);
  const orders = levelOrders[level]!;
  let last = NONE;
  if (orders === 0) {
    putI(undo, store.head, level, row);
    putF(undo, levelLots, level, lots);
    raiseLevel(store, undo, ladder, level);
  } else {
    last = tail[level]!;
    putI(undo, next, last, row);
    putF(undo, levelLots, level, levelLots[level]! + lots);
  }
  putI(undo, tail, level, row);
  putI(undo, levelOrders, level, orders + 1);
  putI(undo, previous, row, last);
  putI(undo, next, row, NONE);
  putI(undo, levelOf, row, level);
  putI(undo, ladderOrders, ladder, ladderOrders[ladder]! + 1);
}

/**
 * Takes an order out of its level, wherever it stands in the queue. Its row lives on: the caller rests
 * it at another price or gives it back with `freeOrder`.
 */
export function removeOrder(store: BookStore, undo: Undo, row: number): void {
  const { levelOf, next, previous, head, tail } = store;
  const level = levelOf[row]!;
  assert(level !== NONE, 'only an order that rests can be removed');
  const before = previous[row]!;
  const after = next[row]!;
  if (before === NONE) putI(undo, head, level, after);
  else putI(undo, next, before, after);
  if (after === NONE) putI(undo, tail, level, before);
  else putI(undo, previous, after, before);
  putI(undo, levelOf, row, NONE);
  countOut(store, undo, level, 1, store.openLots[row]!);
}

/**
 * Moves the front of a queue: the orders before `head` have left it, filled or taken out by a taker.
 *
 * @param head the first order that stays, NONE when none does
 * @param orders how many have left
 * @param lots what they and the new head lost
 */
export function dropFront(
  store: BookStore,
  undo: Undo,
  level: number,
  head: number,
  orders: number,
  lots: number,
): void {
  putI(undo, store.head, level, head);
  if (head !== NONE) putI(undo, store.previous, head, NONE);
  countOut(store, undo, level, orders, lots);
}

/** The sums of a level and of its ladder follow their orders; a level without orders leaves the tree. */
function countOut(store: BookStore, undo: Undo, level: number, orders: number, lots: number): void {
  const { levelLots, levelOrders, ladderOrders } = store;
  const ladder = ladderOfLevel(store, level);
  const left = levelOrders[level]! - orders;
  putI(undo, ladderOrders, ladder, ladderOrders[ladder]! - orders);
  putI(undo, levelOrders, level, left);
  putF(undo, levelLots, level, levelLots[level]! - lots);
  if (left === 0) lowerLevel(store, undo, ladder, level);
}

/** Gives an order another limit price on its own side. It goes behind all others there. */
export function moveOrder(store: BookStore, undo: Undo, row: number, ticks: number): void {
  const ladder = ladderOfOrder(store, row);
  removeOrder(store, undo, row);
  putI(undo, store.orders.columns.priceTicks, row, ticks);
  restOrder(store, undo, ladder, row, ticks);
}

/**
 * Makes an order smaller where it stands: it keeps its place in the queue.
 *
 * @param lots taken off the open and the original size; less than what is open, else it is a cancel
 */
export function reduceOrder(store: BookStore, undo: Undo, row: number, lots: number): void {
  const { originalLots } = store.orders.columns;
  fillOrder(store, undo, row, lots);
  putI(undo, originalLots, row, originalLots[row]! - lots);
}

/**
 * Takes a partial fill from an order. One that fills whole is removed instead.
 *
 * @param lots filled; less than what is open
 */
export function fillOrder(store: BookStore, undo: Undo, row: number, lots: number): void {
  const { openLots, levelLots } = store;
  const level = store.levelOf[row]!;
  const open = openLots[row]!;
  assert(lots > 0 && lots < open, 'an order in the book keeps some of its lots');
  putI(undo, openLots, row, open - lots);
  putF(undo, levelLots, level, levelLots[level]! - lots);
}
