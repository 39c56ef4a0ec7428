import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from './database.ts';
import type { Batch } from './fold.ts';
import {
  candles,
  fills,
  fundingPaid,
  fundingRates,
  gaps,
  interest,
  ledger,
  orders,
  progress,
  RECORDS_VERSION,
  rejections,
  trades,
} from './schema.ts';

/** One row, always the same. */
export const PROGRESS_ID = 1;

const replacing = (table: PgTable, ...keys: string[]) =>
  Object.values(getTableColumns(table))
    .filter(({ name }) => !keys.includes(name))
    .map(({ name }) => `${name} = excluded.${name}`)
    .join(', ');

const REPLACED_ORDER = sql.raw(`on conflict (order_id) do update set ${replacing(orders, 'order_id')}`);

/** A batch knows only its own trades: what the table has of the same candle came before them. */
const MERGED_CANDLE = sql.raw(`
  on conflict (instrument, interval_ms, open_ms) do update set
    high_ticks = greatest(candles.high_ticks, excluded.high_ticks),
    low_ticks = least(candles.low_ticks, excluded.low_ticks),
    close_ticks = excluded.close_ticks,
    size_lots = candles.size_lots + excluded.size_lots,
    tick_lots = candles.tick_lots + excluded.tick_lots,
    trade_count = candles.trade_count + excluded.trade_count`);

/** All rows and the sequence they lead to, or none of them. */
export async function writeBatch(database: Database, batch: Batch): Promise<void> {
  await database.transaction(async (tx) => {
    await insertRows(tx, fills, batch.fills);
    await insertRows(tx, fundingPaid, batch.fundingPaid);
    await insertRows(tx, interest, batch.interest);
    await insertRows(tx, ledger, batch.ledger);
    await insertRows(tx, rejections, batch.rejections);
    await insertRows(tx, fundingRates, batch.fundingRates);
    await insertRows(tx, gaps, batch.gaps);
    await insertRows(tx, trades, batch.trades);
    await insertRows(tx, orders, batch.orders, REPLACED_ORDER);
    await insertRows(tx, candles, batch.candles, MERGED_CANDLE);
    await writeProgress(tx, batch);
  });
}

async function writeProgress(tx: Transaction, { seq, timeMs }: Batch): Promise<void> {
  await tx
    .insert(progress)
    .values({ id: PROGRESS_ID, version: RECORDS_VERSION, seq, timeMs })
    .onConflictDoUpdate({ target: progress.id, set: { seq, timeMs } });
}

/**
 * All rows as one JSON value: a statement with a parameter for each column of each row takes twice as long.
 * Without `conflict` none is expected: what is at or behind the stored sequence never comes here.
 */
async function insertRows<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly T['$inferInsert'][],
  conflict: SQL = sql.empty(),
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, { name }]) => name).join(', ');
  const keys = columns.map(([key]) => `"${key}"`).join(', ');
  const types = columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', ');
  await tx.execute(sql`
    ${sql.raw(`insert into ${getTableName(table)} (${names}) select ${keys} from json_to_recordset(`)}
    ${JSON.stringify(rows)}::json${sql.raw(`) as incoming (${types})`)} ${conflict}`);
}
