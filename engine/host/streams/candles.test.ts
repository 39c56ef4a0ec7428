import { expect, test } from 'vitest';
import type { CandleRecord } from '../../records/views.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { Candles } from './candles.ts';

test('candles of every interval are made of the same minutes', () => {
  const candles = new Candles(1);
  for (const [minute, price] of [10, 14, 8, 12].entries()) candles.add(minute * MINUTE_MS + 5, price, 2);
  candles.add(3 * MINUTE_MS + 9, 15, 1);
  expect(candles.query(MINUTE_MS, 0, DAY_MS)).toHaveLength(4);
  expect(candles.query(5 * MINUTE_MS, 0, DAY_MS)).toEqual([
    { openMs: 0, open: 10, high: 15, low: 8, close: 15, lots: 9 },
  ]);
  expect(candles.query(MINUTE_MS, MINUTE_MS, 3 * MINUTE_MS).map(({ openMs }) => openMs / MINUTE_MS)).toEqual([
    1, 2,
  ]);
});

test('history goes in front, and the minute of the start is the fuller one', () => {
  const candles = new Candles(1);
  candles.add(2 * MINUTE_MS, 50, 1);
  const record = (minute: number, lots: number): CandleRecord => ({
    openMs: minute * MINUTE_MS,
    open: 40,
    high: 40,
    low: 40,
    close: 40,
    lots,
    tickLots: 40 * lots,
    tradeCount: 1,
  });
  candles.seed([record(0, 1), record(2, 5)]);
  expect(candles.query(MINUTE_MS, 0, DAY_MS).map(({ lots }) => lots)).toEqual([1, 5]);
  expect(candles.dayStats(HOUR_MS, 0)).toEqual({
    open24hTicks: 40,
    high24hTicks: 40,
    low24hTicks: 40,
    volume24hUsd: 240,
    volumeMinuteUsd: 0,
    trades24h: 2,
  });
});

test('the volume of a minute is of the running one or the one before it, whichever was busier', () => {
  const candles = new Candles(1);
  const ofMinute = (nowMs: number) => candles.dayStats(nowMs, 0).volumeMinuteUsd;
  candles.add(0, 50, 4);
  candles.add(MINUTE_MS, 50, 1);
  expect([ofMinute(MINUTE_MS), ofMinute(2 * MINUTE_MS), ofMinute(3 * MINUTE_MS)]).toEqual([200, 50, 0]);
  candles.add(3 * MINUTE_MS, 50, 9);
  expect(ofMinute(3 * MINUTE_MS + 1)).toBe(450);
});

test('a market without a trade in a day shows its last price and no volume', () => {
  const candles = new Candles(1);
  candles.add(0, 50, 1);
  expect(candles.dayStats(2 * DAY_MS, 50)).toEqual({
    open24hTicks: 50,
    high24hTicks: 50,
    low24hTicks: 50,
    volume24hUsd: 0,
    volumeMinuteUsd: 0,
    trades24h: 0,
  });
});
