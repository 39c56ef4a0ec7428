import { assert } from '../../units/assert.ts';
import { freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { HAS_EXTRAS } from './orderTable.ts';

/** What few orders have; 0 for none. */
interface OrderExtras {
  triggerTicks: number;
  expiresAtMs: number;
  clientId0: number;
  clientId1: number;
  clientId2: number;
  clientId3: number;
}

const NO_EXTRAS: OrderExtras = {
  triggerTicks: 0,
  expiresAtMs: 0,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
};

/** What an order is when its row is taken. The caller keeps one and fills it again for each order. */
export interface OrderDraft extends OrderExtras {
  account: number;
  /** See `packOrder`. */
  packed: number;
  priceTicks: number;
  /** Size as accepted. */
  originalLots: number;
  /** What is left of it after the fills it took on arrival. */
  openLots: number;
  acceptedSeq: number;
}

/**
 * Takes a row for an order and writes it. The order rests nowhere yet (`restOrder`), and its links in its
 * account's list are for the accounts room to write.
 *
 * @returns its row; its id stands in `orders.columns.id`
 * @fails AssertionError when the table is full: `hasRoomToRest` is asked before anything is written
 */
export function takeOrder(store: BookStore, undo: Undo, draft: OrderDraft): number {
  const row = takeRow(undo, store.orders);
  const c = store.orders.columns;
  const extras = hasExtras(draft) ? HAS_EXTRAS : 0;
  putF(undo, c.id, row, nextCounter(store, undo) * store.orders.capacity + row);
  putF(undo, c.acceptedSeq, row, draft.acceptedSeq);
  putI(undo, c.account, row, draft.account);
  putI(undo, c.packed, row, draft.packed | extras);
  putI(undo, c.priceTicks, row, draft.priceTicks);
  putI(undo, c.openLots, row, draft.openLots);
  putI(undo, c.originalLots, row, draft.originalLots);
  putI(undo, c.level, row, NONE);
  if (extras !== 0) putExtras(store, undo, row, draft);
  return row;
}

/** Gives an order's row back. The caller has taken it out of its level and of its account's list. */
export function freeOrder(store: BookStore, undo: Undo, row: number): void {
  assert(store.levelOf[row] === NONE, 'an order that ends rests nowhere');
  endOrder(store, undo, row);
}

/** Gives back the row of an order that its queue has already passed: `commitPlan` moves the front at once for all. */
export function endOrder(store: BookStore, undo: Undo, row: number): void {
  if ((store.packed[row]! & HAS_EXTRAS) !== 0) putExtras(store, undo, row, NO_EXTRAS);
  putF(undo, store.orderId, row, 0);
  freeRow(undo, store.orders, row);
}

function hasExtras(extras: OrderExtras): boolean {
  const words = extras.clientId0 | extras.clientId1 | extras.clientId2 | extras.clientId3;
  return (words | extras.triggerTicks) !== 0 || extras.expiresAtMs !== 0;
}

function putExtras(store: BookStore, undo: Undo, row: number, extras: OrderExtras): void {
  const c = store.orders.columns;
  putF(undo, c.expiresAtMs, row, extras.expiresAtMs);
  putI(undo, c.triggerTicks, row, extras.triggerTicks);
  putI(undo, c.clientId0, row, extras.clientId0);
  putI(undo, c.clientId1, row, extras.clientId1);
  putI(undo, c.clientId2, row, extras.clientId2);
  putI(undo, c.clientId3, row, extras.clientId3);
}

/**
 * An id for an order that ends in the command that brought it and so needs no row (ioc, fok, market).
 * It shares the sequence of ids with those that rest and never finds a row.
 */
export function mintOrderId(store: BookStore, undo: Undo): number {
  return (nextCounter(store, undo) + 1) * store.orders.capacity - 1;
}

/**
 * The row of an open order, or NONE: an id carries its row, so one division and one comparison find it.
 *
 * @param id any number a client sent
 */
export function findOrder(store: BookStore, id: number): number {
  const { capacity } = store.orders;
  const row = id - Math.floor(id / capacity) * capacity;
  return row >= 0 && row < capacity && id > 0 && store.orderId[row] === id ? row : NONE;
}

/** Ids grow with time: older orders have smaller ones. 2^53 ÷ capacity orders can ever be numbered. */
function nextCounter(store: BookStore, undo: Undo): number {
  const { lastOrder } = store.counters.columns;
  const counter = lastOrder[0]! + 1;
  assert(counter * store.orders.capacity < Number.MAX_SAFE_INTEGER, 'order ids are used up');
  putF(undo, lastOrder, 0, counter);
  return counter;
}
