import { assert } from '../../units/assert.ts';
import { freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';

/** What an order is when its row is taken. The caller keeps one and fills it again for each order. */
export interface OrderDraft {
  account: number;
  /** See `packOrder`. */
  packed: number;
  priceTicks: number;
  /** Size as accepted. */
  originalLots: number;
  /** What is left of it after the fills it took on arrival. */
  openLots: number;
  /** 0 for none. */
  triggerTicks: number;
  /** 0 for none. */
  expiresAtMs: number;
  acceptedSeq: number;
  clientId0: number;
  clientId1: number;
  clientId2: number;
  clientId3: number;
}

/**
 * Takes a row for an order and writes it all. The order rests nowhere yet (`restOrder`) and is in no
 * account's list yet.
 *
 * @returns its row; its id stands in `orders.columns.id`
 * @fails AssertionError when the table is full: `hasRoomToRest` is asked before anything is written
 */
export function takeOrder(store: BookStore, undo: Undo, draft: OrderDraft): number {
  const row = takeRow(undo, store.orders);
  const c = store.orders.columns;
  putF(undo, c.id, row, nextCounter(store, undo) * store.orders.capacity + row);
  putF(undo, c.expiresAtMs, row, draft.expiresAtMs);
  putF(undo, c.acceptedSeq, row, draft.acceptedSeq);
  putI(undo, c.account, row, draft.account);
  putI(undo, c.packed, row, draft.packed);
  putI(undo, c.priceTicks, row, draft.priceTicks);
  putI(undo, c.openLots, row, draft.openLots);
  putI(undo, c.originalLots, row, draft.originalLots);
  putI(undo, c.triggerTicks, row, draft.triggerTicks);
  putI(undo, c.clientId0, row, draft.clientId0);
  putI(undo, c.clientId1, row, draft.clientId1);
  putI(undo, c.clientId2, row, draft.clientId2);
  putI(undo, c.clientId3, row, draft.clientId3);
  putI(undo, c.nextOfAccount, row, NONE);
  putI(undo, c.previousOfAccount, row, NONE);
  putI(undo, c.level, row, NONE);
  return row;
}

/** Gives an order's row back. The caller has taken it out of its level and of its account's list. */
export function freeOrder(store: BookStore, undo: Undo, row: number): void {
  const { id, level } = store.orders.columns;
  assert(level[row] === NONE, 'an order that ends rests nowhere');
  putF(undo, id, row, 0);
  freeRow(undo, store.orders, row);
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
  return row >= 0 && row < capacity && id > 0 && store.orders.columns.id[row] === id ? row : NONE;
}

/** Ids grow with time: older orders have smaller ones. 2^53 ÷ capacity orders can ever be numbered. */
function nextCounter(store: BookStore, undo: Undo): number {
  const { lastOrder } = store.counters.columns;
  const counter = lastOrder[0]! + 1;
  assert(counter * store.orders.capacity < Number.MAX_SAFE_INTEGER, 'order ids are used up');
  putF(undo, lastOrder, 0, counter);
  return counter;
}
