import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { ladderOfOrder, PRICE_TICKS_MAX, rankOf } from './ladder.ts';
import { addLevel, findLevel, removeLevel } from './priceTree.ts';

/**
 * Puts an order behind all others of its price.
 *
 * @param ladder see `ladderOf`; for an order book the side of the order itself
 * @param row an order that rests nowhere
 * @param ticks its limit price, in a trigger book its trigger
 */
export function restOrder(store: BookStore, undo: Undo, ladder: number, row: number, ticks: number): void {
  const { level: levelOf, next, previous, openLots } = store.orders.columns;
  assert(levelOf[row] === NONE, 'an order rests in one place');
  assert(ticks > 0 && ticks <= PRICE_TICKS_MAX, 'a price is within the reach of the price tree');
  assert(openLots[row]! > 0, 'an order that rests has open lots');
  const rank = rankOf(ladder, ticks);
  let level = findLevel(store, ladder, rank);
  if (level === NONE) level = addLevel(store, undo, ladder, rank);

  const { head, tail } = store.levels.columns;
  const last = tail[level]!;
  if (last === NONE) putI(undo, head, level, row);
  else putI(undo, next, last, row);
  putI(undo, tail, level, row);
  putI(undo, previous, row, last);
  putI(undo, next, row, NONE);
  putI(undo, levelOf, row, level);
  count(store, undo, level, openLots[row]!, 1);
}

/**
 * Takes an order out of its level, wherever it stands in the queue. Its row lives on: the caller rests
 * it at another price or gives it back with `freeOrder`.
 */
export function removeOrder(store: BookStore, undo: Undo, row: number): void {
  const { level: levelOf, next, previous, openLots } = store.orders.columns;
  const { head, tail, orderCount } = store.levels.columns;
  const level = levelOf[row]!;
  assert(level !== NONE, 'only an order that rests can be removed');
  const before = previous[row]!;
  const after = next[row]!;
  if (before === NONE) putI(undo, head, level, after);
  else putI(undo, next, before, after);
  if (after === NONE) putI(undo, tail, level, before);
  else putI(undo, previous, after, before);
  putI(undo, levelOf, row, NONE);
  count(store, undo, level, -openLots[row]!, -1);
  if (orderCount[level] === 0) removeLevel(store, undo, level);
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
  const { openLots, level } = store.orders.columns;
  const open = openLots[row]!;
  assert(lots > 0 && lots < open, 'an order in the book keeps some of its lots');
  putI(undo, openLots, row, open - lots);
  count(store, undo, level[row]!, -lots, 0);
}

/** Sums of a level and of its ladder follow their orders. */
function count(store: BookStore, undo: Undo, level: number, lots: number, orders: number): void {
  const levels = store.levels.columns;
  const ladders = store.ladders.columns;
  const ladder = levels.ladder[level]!;
  putF(undo, levels.lots, level, levels.lots[level]! + lots);
  putF(undo, ladders.lots, ladder, ladders.lots[ladder]! + lots);
  if (orders === 0) return;
  putI(undo, levels.orderCount, level, levels.orderCount[level]! + orders);
  putI(undo, ladders.orderCount, ladder, ladders.orderCount[ladder]! + orders);
}
