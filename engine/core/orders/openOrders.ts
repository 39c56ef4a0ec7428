import { OrderFlag } from '../../protocol/enums.ts';
import { addOpenLots, dropIfEmpty, ensurePosition, findPosition } from '../accounts/positions.ts';
import { announceOrderCancelled } from '../announce.ts';
import { freeOrder } from '../book/openOrder.ts';
import { flagsOf, HAS_EXTRAS, sideOf } from '../book/orderTable.ts';
import { removeOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { instrumentOfOrder, isParked } from './books.ts';
import { addClientId, removeClientId } from './clientIds.ts';
import { addExpiry, removeExpiry } from './expiryHeap.ts';

/**
 * Everything that hangs on an open order besides its place in a book: its account's list, its client
 * id, its expiry, and the open lots that initial margin counts.
 */

export function isCountedInMargin(packed: number): boolean {
  return (flagsOf(packed) & OrderFlag.reduceOnly) === 0;
}

function hasClientIdAt(engine: Engine, row: number): boolean {
  const c = engine.state.book.orders.columns;
  return (c.clientId0[row]! | c.clientId1[row]! | c.clientId2[row]! | c.clientId3[row]!) !== 0;
}

/** Most orders have no extras, and their columns are five cache lines that need not be looked at. */
function linkExtras(engine: Engine, row: number): void {
  if (hasClientIdAt(engine, row)) addClientId(engine, row);
  if (engine.state.book.orders.columns.expiresAtMs[row] !== 0) addExpiry(engine, row);
}

function unlinkExtras(engine: Engine, row: number): void {
  if (hasClientIdAt(engine, row)) removeClientId(engine, row);
  if (engine.state.book.orders.columns.expiresAtMs[row] !== 0) removeExpiry(engine, row);
}

/** Enters a row that `takeOrder` made into its account's list, the client ids and the expiries. */
export function linkOrder(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const c = state.book.orders.columns;
  const { firstOrder, orderCount } = state.accounts.columns;
  const account = c.account[row]!;
  const head = firstOrder[account]!;
  putI(undo, c.nextOfAccount, row, head);
  putI(undo, c.previousOfAccount, row, NONE);
  if (head !== NONE) putI(undo, c.previousOfAccount, head, row);
  putI(undo, firstOrder, account, row);
  putI(undo, orderCount, account, orderCount[account]! + 1);
  if ((c.packed[row]! & HAS_EXTRAS) !== 0) linkExtras(engine, row);
}

/** Takes a row that ends out of everything but its book. */
export function unlinkOrder(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const c = state.book.orders.columns;
  const { firstOrder, orderCount } = state.accounts.columns;
  const account = c.account[row]!;
  const before = c.previousOfAccount[row]!;
  const after = c.nextOfAccount[row]!;
  if (before === NONE) putI(undo, firstOrder, account, after);
  else putI(undo, c.nextOfAccount, before, after);
  if (after !== NONE) putI(undo, c.previousOfAccount, after, before);
  putI(undo, orderCount, account, orderCount[account]! - 1);
  if ((c.packed[row]! & HAS_EXTRAS) !== 0) unlinkExtras(engine, row);
}

/** Counts lots of an order into (or, negative, out of) the open lots that initial margin sees. */
export function countOpenLots(
  engine: Engine,
  account: number,
  instrument: number,
  packed: number,
  lots: number,
): void {
  if (!isCountedInMargin(packed)) return;
  const { state, undo } = engine;
  const row = ensurePosition(state, undo, account, instrument);
  addOpenLots(state, undo, row, sideOf(packed), lots);
}

/**
 * Ends an open or parked order without a fill: out of its book and lists, its row given back, announced. Its
 * bracket is not told: see `cancelRow`.
 */
export function endRow(engine: Engine, row: number, op: number, reason: number): void {
  const { state, undo, out, touched } = engine;
  const c = state.book.orders.columns;
  const account = c.account[row]!;
  const packed = c.packed[row]!;
  const instrument = instrumentOfOrder(state, row);
  const lots = c.openLots[row]!;
  if (!isParked(state, row)) {
    touched.add(instrument, sideOf(packed), c.priceTicks[row]!);
    countOpenLots(engine, account, instrument, packed, -lots);
  }
  announceOrderCancelled(out, op, account, instrument, c.id[row]!, lots, reason);
  unlinkOrder(engine, row);
  removeOrder(state.book, undo, row);
  freeOrder(state.book, undo, row);
  releasePosition(engine, account, instrument);
}

/** Gives the position's row back if the order was the last thing that kept it. */
export function releasePosition(engine: Engine, account: number, instrument: number): void {
  const row = findPosition(engine.state, account, instrument);
  if (row !== NONE) dropIfEmpty(engine.state, engine.undo, row);
}
