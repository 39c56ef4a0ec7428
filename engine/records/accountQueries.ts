import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import {
  BracketRole,
  CancelReason,
  LedgerReason,
  nameOf,
  OrderFlag,
  OrderType,
  Side,
  TimeInForce,
} from '../protocol/enums.ts';
import { errorCodeOf } from '../protocol/errors.ts';
import { assert } from '../units/assert.ts';
import type { Database } from './database.ts';
import type { OrderRow } from './peopleOrders.ts';
import {
  fills,
  fundingPaid,
  interest,
  ledger,
  ORDER_STATES,
  OrderStateCode,
  orders,
  rejections,
} from './schema.ts';
import type {
  ClientIdRecord,
  FillRecord,
  FundingRecord,
  InterestRecord,
  LedgerRecord,
  OrderRecord,
  Page,
  RejectionRecord,
} from './views.ts';

/** Rows of one answer. */
export const PAGE_MAX = 1_000;

export async function fillsOf(database: Database, account: number, page: Page): Promise<FillRecord[]> {
  return (await pageOf(database, fills, account, page)).map(fillRecord);
}

/** Fills of several accounts together, newest first. */
export async function newestFillsOf(
  database: Database,
  accounts: readonly number[],
  limit: number,
): Promise<FillRecord[]> {
  const rows = await database
    .select()
    .from(fills)
    .where(inArray(fills.account, [...accounts]))
    .orderBy(desc(fills.seq), desc(fills.place))
    .limit(limitOf({ limit }));
  return rows.map(fillRecord);
}

function fillRecord({
  sizeLots,
  side,
  isMaker,
  feeUsdE6,
  realizedPnlUsdE6,
  ...row
}: typeof fills.$inferSelect): FillRecord {
  return {
    ...row,
    side: nameOf(Side, side),
    lots: sizeLots,
    isMaker: isMaker === 1,
    feeUsd: feeUsdE6,
    realizedPnlUsd: realizedPnlUsdE6,
  };
}

export async function fundingOf(database: Database, account: number, page: Page): Promise<FundingRecord[]> {
  const rows = await pageOf(database, fundingPaid, account, page);
  return rows.map(({ amountUsdE6, ...row }) => ({ ...row, amountUsd: amountUsdE6 }));
}

export async function interestOf(database: Database, account: number, page: Page): Promise<InterestRecord[]> {
  const rows = await pageOf(database, interest, account, page);
  return rows.map(({ amountUsdE6, ...row }) => ({ ...row, amountUsd: amountUsdE6 }));
}

export async function ledgerOf(database: Database, account: number, page: Page): Promise<LedgerRecord[]> {
  const rows = await pageOf(database, ledger, account, page);
  return rows.map((row) => ({ ...row, reason: nameOf(LedgerReason, row.reason) }));
}

/** @param beforeOrderId the next page starts behind the last order of this one */
export async function ordersOf(
  database: Database,
  account: number,
  { beforeOrderId, limit }: { beforeOrderId?: number; limit: number },
): Promise<OrderRecord[]> {
  const older = beforeOrderId === undefined ? undefined : lt(orders.orderId, beforeOrderId);
  const rows = await database
    .select()
    .from(orders)
    .where(and(eq(orders.account, account), older))
    .orderBy(desc(orders.orderId))
    .limit(limitOf({ limit }));
  return rows.map(orderRecord);
}

/** Those of the wanted orders that the account placed. */
export async function ordersById(
  database: Database,
  account: number,
  orderIds: readonly number[],
): Promise<OrderRecord[]> {
  const limit = limitOf({ limit: orderIds.length });
  const rows = await database
    .select()
    .from(orders)
    .where(and(eq(orders.account, account), inArray(orders.orderId, [...orderIds])))
    .orderBy(desc(orders.orderId))
    .limit(limit);
  return rows.map(orderRecord);
}

/** When each order that still works was accepted, of all accounts: id and time. */
export async function workingOrderTimes(
  database: Database,
): Promise<{ orderId: number; acceptedMs: number }[]> {
  return await database
    .select({ orderId: orders.orderId, acceptedMs: orders.acceptedMs })
    .from(orders)
    .where(inArray(orders.state, [OrderStateCode.open, OrderStateCode.parked]));
}

/** The last order under a client id, or the last refusal when it never became one or came after it. */
export async function orderByClientId(
  database: Database,
  account: number,
  clientId: string,
): Promise<ClientIdRecord | undefined> {
  const [order] = await database
    .select()
    .from(orders)
    .where(and(eq(orders.account, account), eq(orders.clientId, clientId)))
    .orderBy(desc(orders.orderId))
    .limit(1);
  const [refused] = await database
    .select()
    .from(rejections)
    .where(and(eq(rejections.account, account), eq(rejections.clientId, clientId)))
    .orderBy(desc(rejections.seq), desc(rejections.place))
    .limit(1);
  if (order !== undefined && (refused === undefined || order.acceptedSeq >= refused.seq))
    return { kind: 'order', order: orderRecord(order) };
  return refused && { kind: 'rejection', rejection: rejectionRecord(refused) };
}

type EventTable = typeof fills | typeof fundingPaid | typeof interest | typeof ledger;

/** By the primary key: a page is read without looking at any other row. */
async function pageOf<T extends EventTable>(
  database: Database,
  table: T,
  account: number,
  { before, limit }: Page,
): Promise<T['$inferSelect'][]> {
  const older = before && sql`(${table.seq}, ${table.place}) < (${before.seq}, ${before.place})`;
  const rows = await database
    .select()
    .from(table as PgTable)
    .where(and(eq(table.account, account), older))
    .orderBy(desc(table.seq), desc(table.place))
    .limit(limitOf({ limit }));
  return rows as T['$inferSelect'][];
}

function limitOf({ limit }: { limit: number }): number {
  assert(Number.isSafeInteger(limit) && limit > 0 && limit <= PAGE_MAX, `a page has 1 to ${PAGE_MAX} rows`);
  return limit;
}

function orderRecord(row: OrderRow): OrderRecord {
  const { clientId, side, type, timeInForce, flags, feeUsdE6, state, cancelReason, ...rest } = row;
  const { takeProfitTicks, takeProfitLimitTicks, stopLossTicks, stopLossLimitTicks, ...others } = rest;
  const { entryOrderId, bracketRole, ...same } = others;
  const takeProfit = { triggerTicks: takeProfitTicks, priceTicks: takeProfitLimitTicks };
  const stopLoss = { triggerTicks: stopLossTicks, priceTicks: stopLossLimitTicks };
  return {
    ...same,
    ...(takeProfitTicks !== 0 && { takeProfit }),
    ...(stopLossTicks !== 0 && { stopLoss }),
    ...(entryOrderId !== 0 && { entryOrderId, role: nameOf(BracketRole, bracketRole) }),
    clientId: clientId ?? '',
    side: nameOf(Side, side),
    type: nameOf(OrderType, type),
    timeInForce: nameOf(TimeInForce, timeInForce),
    isPostOnly: (flags & OrderFlag.postOnly) !== 0,
    isReduceOnly: (flags & OrderFlag.reduceOnly) !== 0,
    feeUsd: feeUsdE6,
    state: ORDER_STATES[state]!,
    cancelReason: cancelReason < 0 ? '' : nameOf(CancelReason, cancelReason),
  };
}

function rejectionRecord(row: typeof rejections.$inferSelect): RejectionRecord {
  const code = errorCodeOf(row.code);
  assert(code !== undefined, `a refusal was recorded with code ${row.code}, which no error has`);
  return { ...row, code };
}
