import { assert } from '../../units/assert.ts';
import { freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import type { BookTables } from './bookTables.ts';
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

/** Rows and ids of open orders. */
export interface OpenOrders {
  takeOrder(undo: Undo, draft: OrderDraft): number;
  freeOrder(undo: Undo, row: number): void;
  /** Gives back the row of an order that its queue has already passed: `commitPlan` moves the front once for all. */
  endOrder(undo: Undo, row: number): void;
  findOrder(id: number): number;
  mintOrderId(undo: Undo): number;
}

interface HasOpenOrders {
  readonly openOrders: OpenOrders;
}

/**
 * Takes a row for an order and writes it. The order rests nowhere yet (`restOrder`), and its links in its
 * account's list are for the accounts room to write.
 *
 * @returns its row; its id stands in `orders.columns.id`
 * @fails AssertionError when the table is full: `hasRoomToRest` is asked before anything is written
 */
export function takeOrder(store: HasOpenOrders, undo: Undo, draft: OrderDraft): number {
  return store.openOrders.takeOrder(undo, draft);
}

/** Gives an order's row back. The caller has taken it out of its level and of its account's list. */
export function freeOrder(store: HasOpenOrders, undo: Undo, row: number): void {
  store.openOrders.freeOrder(undo, row);
}

/**
 * The row of an open order, or NONE: an id carries its row, so one division and one comparison find it.
 *
 * @param id any number a client sent
 */
export function findOrder(store: HasOpenOrders, id: number): number {
  return store.openOrders.findOrder(id);
}

/**
 * An id for an order that ends in the command that brought it and so needs no row (ioc, fok, market).
 * It shares the sequence of ids with those that rest and never finds a row.
 */
export function mintOrderId(store: HasOpenOrders, undo: Undo): number {
  return store.openOrders.mintOrderId(undo);
}

export function bindOpenOrders({ orders, counters }: BookTables): OpenOrders {
  const {
    id: idOf,
    acceptedSeq,
    account,
    packed,
    priceTicks,
    openLots,
    originalLots,
    level,
  } = orders.columns;
  const { expiresAtMs, triggerTicks, clientId0, clientId1, clientId2, clientId3 } = orders.columns;
  const { lastOrder } = counters.columns;
  const { capacity } = orders;

  function take(undo: Undo, draft: OrderDraft): number {
    const row = takeRow(undo, orders);
    const extras = hasExtras(draft) ? HAS_EXTRAS : 0;
    putF(undo, idOf, row, nextCounter(undo) * capacity + row);
    putF(undo, acceptedSeq, row, draft.acceptedSeq);
    putI(undo, account, row, draft.account);
    putI(undo, packed, row, draft.packed | extras);
    putI(undo, priceTicks, row, draft.priceTicks);
    putI(undo, openLots, row, draft.openLots);
    putI(undo, originalLots, row, draft.originalLots);
    putI(undo, level, row, NONE);
    if (extras !== 0) putExtras(undo, row, draft);
    return row;
  }

  function free(undo: Undo, row: number): void {
    assert(level[row] === NONE, 'an order that ends rests nowhere');
    end(undo, row);
  }

  function end(undo: Undo, row: number): void {
    if ((packed[row]! & HAS_EXTRAS) !== 0) putExtras(undo, row, NO_EXTRAS);
    putF(undo, idOf, row, 0);
    freeRow(undo, orders, row);
  }

  function putExtras(undo: Undo, row: number, extras: OrderExtras): void {
    putF(undo, expiresAtMs, row, extras.expiresAtMs);
    putI(undo, triggerTicks, row, extras.triggerTicks);
    putI(undo, clientId0, row, extras.clientId0);
    putI(undo, clientId1, row, extras.clientId1);
    putI(undo, clientId2, row, extras.clientId2);
    putI(undo, clientId3, row, extras.clientId3);
  }

  function find(id: number): number {
    const row = id - Math.floor(id / capacity) * capacity;
    return row >= 0 && row < capacity && id > 0 && idOf[row] === id ? row : NONE;
  }

  function mint(undo: Undo): number {
    return (nextCounter(undo) + 1) * capacity - 1;
  }

  /** Ids grow with time: older orders have smaller ones. 2^53 ÷ capacity orders can ever be numbered. */
  function nextCounter(undo: Undo): number {
    const counter = lastOrder[0]! + 1;
    assert(counter * capacity < Number.MAX_SAFE_INTEGER, 'order ids are used up');
    putF(undo, lastOrder, 0, counter);
    return counter;
  }

  return { takeOrder: take, freeOrder: free, endOrder: end, findOrder: find, mintOrderId: mint };
}

function hasExtras(extras: OrderExtras): boolean {
  const words = extras.clientId0 | extras.clientId1 | extras.clientId2 | extras.clientId3;
  return (words | extras.triggerTicks) !== 0 || extras.expiresAtMs !== 0;
}
