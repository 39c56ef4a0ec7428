import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { TradeView } from '../protocol/views/market.ts';
import { assert } from '../units/assert.ts';
import { HOUR_MS, MINUTE_MS } from '../units/time.ts';
import type { Database } from './database.ts';
import { TAPE_LENGTH } from './marketRows.ts';
import { candles, fundingRates, gaps, trades } from './schema.ts';
import type { CandleRecord, FundingRateRecord, Gap } from './views.ts';

/** Candles of one answer: a week of minutes. */
export const CANDLES_MAX = 10_080;

export interface CandleRange {
  readonly instrument: number;
  /** A whole number of minutes. */
  readonly intervalMs: number;
  /** Candles that open from here on, and before `toMs`. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Oldest first; the last `CANDLES_MAX` of the range. Longer candles are made of the kept ones. */
export async function candlesIn(database: Database, range: CandleRange): Promise<CandleRecord[]> {
  const { instrument, intervalMs } = range;
  assert(
    Number.isSafeInteger(intervalMs) && intervalMs >= MINUTE_MS && intervalMs % MINUTE_MS === 0,
    `a candle is a whole number of minutes, not ${intervalMs} ms`,
  );
  const sourceMs = intervalMs % HOUR_MS === 0 ? HOUR_MS : MINUTE_MS;
  const [fromMs, toMs] = [range.fromMs, range.toMs].map((ms) => Math.ceil(ms / intervalMs) * intervalMs);
  const openMs = sql<number>`${candles.openMs} / ${sql.raw(String(intervalMs))} * ${sql.raw(String(intervalMs))}`;
  const rows = await database
    .select({
      openMs: openMs.mapWith(Number).as('bucket_ms'),
      open: sql`(array_agg(${candles.openTicks} order by ${candles.openMs}))[1]`.mapWith(Number),
      high: sql`max(${candles.highTicks})`.mapWith(Number),
      low: sql`min(${candles.lowTicks})`.mapWith(Number),
      close: sql`(array_agg(${candles.closeTicks} order by ${candles.openMs} desc))[1]`.mapWith(Number),
      lots: sql`sum(${candles.sizeLots})`.mapWith(Number),
      tickLots: sql`sum(${candles.tickLots})`.mapWith(Number),
      tradeCount: sql`sum(${candles.tradeCount})`.mapWith(Number),
    })
    .from(candles)
    .where(
      and(
        eq(candles.instrument, instrument),
        eq(candles.intervalMs, sourceMs),
        sql`${candles.openMs} >= ${fromMs} and ${candles.openMs} < ${toMs}`,
      ),
    )
    .groupBy(sql`bucket_ms`)
    .orderBy(sql`bucket_ms desc`)
    .limit(CANDLES_MAX);
  return rows.reverse();
}

/** Newest first. */
export async function recentTrades(
  database: Database,
  instrument: number,
  limit: number,
): Promise<TradeView[]> {
  const { tradeId, timeMs, seq, priceTicks } = trades;
  return await database
    .select({
      tradeId,
      timeMs,
      seq,
      takerSide: sql<0 | 1>`${trades.takerSide}`,
      priceTicks,
      lots: trades.sizeLots,
    })
    .from(trades)
    .where(eq(trades.instrument, instrument))
    .orderBy(desc(tradeId))
    .limit(Math.min(limit, TAPE_LENGTH));
}

/** Newest first. */
export async function fundingRatesOf(
  database: Database,
  instrument: number,
  { beforeSeq, limit }: { beforeSeq?: number; limit: number },
): Promise<FundingRateRecord[]> {
  const older = beforeSeq === undefined ? undefined : lt(fundingRates.seq, beforeSeq);
  return await database
    .select()
    .from(fundingRates)
    .where(and(eq(fundingRates.instrument, instrument), older))
    .orderBy(desc(fundingRates.seq))
    .limit(limit);
}

export async function gapsIn(database: Database): Promise<Gap[]> {
  return await database.select().from(gaps).orderBy(gaps.firstSeq);
}
