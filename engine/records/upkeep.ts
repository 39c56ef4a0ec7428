import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';
import type { Database } from './database.ts';
import { TAPE_LENGTH } from './marketRows.ts';
import { accountTables, candles, marginWindows, orders, progress, rejections, trades } from './schema.ts';

/** Minutes older than this are let go; the hours stay. */
const MINUTES_KEPT_MS = 31 * DAY_MS;

/** Lets go of old trades and old minutes. @param timeMs time of the newest event */
export async function letGoOfOld(database: Database, timeMs: number): Promise<void> {
  const isOld = lt(candles.openMs, timeMs - MINUTES_KEPT_MS);
  await database.delete(candles).where(and(eq(candles.intervalMs, MINUTE_MS), isOld));
  await database.execute(sql`
    delete from trades using (
      select instrument, trade_id, row_number() over (partition by instrument order by trade_id desc) as place
      from trades
    ) as ranked
    where trades.instrument = ranked.instrument
      and trades.trade_id = ranked.trade_id
      and ranked.place > ${TAPE_LENGTH}`);
}

/** Takes back the room of rows that were changed or deleted: PGlite has nobody who does it by itself. */
export async function vacuum(database: Database): Promise<void> {
  for (const table of [progress, trades, candles, orders, rejections, marginWindows])
    await database.$client.exec(`vacuum ${getTableConfig(table).name}`);
}

/** Deletes every row of these accounts. */
export async function forgetAccounts(database: Database, accounts: readonly number[]): Promise<void> {
  if (accounts.length === 0) return;
  await database.transaction(async (tx) => {
    for (const table of accountTables) await tx.delete(table).where(inArray(table.account, [...accounts]));
  });
}
