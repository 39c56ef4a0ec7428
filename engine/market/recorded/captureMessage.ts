import { Side } from '../../protocol/enums.ts';
import type { Grid } from './grid.ts';

/** A price level as it is from this message on: ticks and lots; 0 lots: it is gone. */
export type GridLevel = readonly [priceTicks: number, lots: number];

/** A whole book at one update id. */
export interface BookSnapshot {
  readonly kind: 'snapshot';
  readonly line: number;
  readonly receivedMs: number;
  readonly lastId: number;
  readonly bids: readonly GridLevel[];
  readonly asks: readonly GridLevel[];
}

/** Levels that changed. Futures name the last id of the message before (`previousId`), spot does not. */
export interface BookDiff {
  readonly kind: 'diff';
  readonly line: number;
  readonly receivedMs: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly previousId: number | undefined;
  readonly bids: readonly GridLevel[];
  readonly asks: readonly GridLevel[];
}

export interface CapturedTrade {
  readonly kind: 'trade';
  readonly line: number;
  readonly receivedMs: number;
  readonly takerSide: Side;
  readonly priceTicks: number;
  readonly lots: number;
}

export type CaptureMessage = BookSnapshot | BookDiff | CapturedTrade;

/** Why a line is not a message: nothing we use, not readable, or prices and sizes that our steps cannot hold. */
export type NoMessage = 'unused' | 'malformed' | { offGrid: string };

/**
 * Reads one line of an hftbacktest capture of Binance: receive time, a blank, JSON. The receive time may be
 * in milli-, micro- or nanoseconds; its first thirteen digits are milliseconds in each.
 */
export function readMessage(line: number, text: string, grid: Grid): CaptureMessage | NoMessage {
  // Two lines of three are best quotes, which the diffs repeat: they need no reading.
  if (text === '' || text.includes('@bookTicker"')) return 'unused';
  const head = /^(\d{13})(?:\d{3}|\d{6})? \{/.exec(text);
  if (head === null) return 'malformed';
  const receivedMs = Number(head[1]);
  const data = payloadOf(text.slice(text.indexOf(' ') + 1));
  if (data === undefined) return 'malformed';
  if (data.lastUpdateId !== undefined) return readSnapshot(data, line, receivedMs, grid);
  if (data.e === 'depthUpdate') return readDiff(data, line, receivedMs, grid);
  if (data.e === 'trade') return readTrade(data, line, receivedMs, grid);
  return 'unused';
}

type Fields = Record<string, unknown>;

/** The message itself, without the envelope of a combined stream. */
function payloadOf(json: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    if (!isFields(parsed)) return undefined;
    return isFields(parsed.data) ? parsed.data : parsed;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readSnapshot(data: Fields, line: number, receivedMs: number, grid: Grid): BookSnapshot | NoMessage {
  const bids = readLevels(data.bids, grid);
  const asks = readLevels(data.asks, grid);
  if (!Number.isSafeInteger(data.lastUpdateId)) return 'malformed';
  if (!isLevels(bids)) return bids;
  if (!isLevels(asks)) return asks;
  return { kind: 'snapshot', line, receivedMs, lastId: data.lastUpdateId as number, bids, asks };
}

function readDiff(data: Fields, line: number, receivedMs: number, grid: Grid): BookDiff | NoMessage {
  const bids = readLevels(data.b, grid);
  const asks = readLevels(data.a, grid);
  const isNumbered = Number.isSafeInteger(data.U) && Number.isSafeInteger(data.u);
  if (!isNumbered || !(data.pu === undefined || Number.isSafeInteger(data.pu))) return 'malformed';
  if (!isLevels(bids)) return bids;
  if (!isLevels(asks)) return asks;
  return {
    kind: 'diff',
    line,
    receivedMs,
    firstId: data.U as number,
    lastId: data.u as number,
    previousId: data.pu as number | undefined,
    bids,
    asks,
  };
}

function readTrade(data: Fields, line: number, receivedMs: number, grid: Grid): CapturedTrade | NoMessage {
  if (typeof data.p !== 'string' || typeof data.q !== 'string' || typeof data.m !== 'boolean')
    return 'malformed';
  const priceTicks = grid.ticks(data.p);
  const lots = grid.lots(data.q);
  if (priceTicks === undefined || lots === undefined) return { offGrid: `${data.q} at ${data.p}` };
  if (priceTicks === 0 || lots === 0) return 'unused';
  // `m`: the buyer was the maker, so the seller took.
  return { kind: 'trade', line, receivedMs, takerSide: data.m ? Side.sell : Side.buy, priceTicks, lots };
}

function isLevels(levels: GridLevel[] | NoMessage): levels is GridLevel[] {
  return Array.isArray(levels);
}

function readLevels(value: unknown, grid: Grid): GridLevel[] | NoMessage {
  if (!Array.isArray(value)) return 'malformed';
  const levels: GridLevel[] = [];
  for (const level of value as unknown[]) {
    if (!Array.isArray(level) || typeof level[0] !== 'string' || typeof level[1] !== 'string')
      return 'malformed';
    const ticks = grid.ticks(level[0]);
    const lots = grid.lots(level[1]);
    if (ticks === undefined || lots === undefined) return { offGrid: `${level[1]} at ${level[0]}` };
    levels.push([ticks, lots]);
  }
  return levels;
}
