import { expect, test } from 'vitest';
import type { MarketView } from '../../protocol/views/market.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { generatedHistory } from './history.ts';

const START_MS = 1_767_225_600_000 + 17 * MINUTE_MS;

function market(underlying: string): MarketView {
  return {
    instrument: 0,
    name: `${underlying}-PERP`,
    kind: 'perpetual',
    expiryMs: 0,
    strikeE8: 0,
    optionType: null,
    baseAsset: -1,
    stage: 'trading',
    settlementUsdPerLot: 0,
    underlying,
    underlyingId: 0,
    lotsPerUnit: 10_000,
    ticksPerUsd: 10,
    usdPerTickLot: 10,
    sizeLotsMax: 10_000_000,
    priceTicksMax: 20_000_000,
    notionalMinUsd: 10_000_000,
    bandPpm: 50_000,
    makerPpm: 150,
    takerPpm: 450,
  };
}

function history(underlying: string, intervalMs: number, count: number) {
  return generatedHistory({ seed: 4, market: market(underlying), startMs: START_MS, intervalMs, count });
}

test('history ends where the desk begins, in time and in price', () => {
  const { candles, isGenerated } = history('BTC', MINUTE_MS, 120);
  expect(isGenerated).toBe(true);
  expect(candles.at(-1)).toMatchObject({ openMs: START_MS - MINUTE_MS, close: 631_000 });
  expect(candles.length).toBeGreaterThanOrEqual(119);
});

test('candles follow one another and hold their own open and close', () => {
  const { candles } = history('ETH', MINUTE_MS, 300);
  for (const [place, { openMs, open, high, low, close, lots }] of candles.entries()) {
    expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
    expect(low).toBeLessThanOrEqual(Math.min(open, close));
    expect(lots).toBeGreaterThan(0);
    if (place === 0) continue;
    expect(openMs).toBe(candles[place - 1]!.openMs + MINUTE_MS);
    expect(open).toBe(candles[place - 1]!.close);
  }
});

test('hours are made of the same minutes', () => {
  const minutes = history('BTC', MINUTE_MS, 200).candles;
  const [hour] = history('BTC', HOUR_MS, 2).candles;
  const inHour = minutes.filter(({ openMs }) => openMs >= hour!.openMs && openMs < hour!.openMs + HOUR_MS);
  expect(inHour).toHaveLength(60);
  expect(hour).toEqual({
    openMs: hour!.openMs,
    open: inHour[0]!.open,
    high: Math.max(...inHour.map(({ high }) => high)),
    low: Math.min(...inHour.map(({ low }) => low)),
    close: inHour.at(-1)!.close,
    lots: inHour.reduce((sum, { lots }) => sum + lots, 0),
  });
});

test('a coin that the generated market does not know has no history', () => {
  expect(history('PEPE', MINUTE_MS, 10).candles).toEqual([]);
});
