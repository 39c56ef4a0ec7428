import { describe, expect, test } from 'vitest';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { CandleView, MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { MINUTE_MS } from '../../../../engine/units/time.ts';
import { bandEdges, fillGroups, firstBarMs, tradesAfter, withTrades } from './Chart.state.ts';

const market = { instrument: 0, underlying: 'BTC', ticksPerUsd: 10, lotsPerUnit: 10_000 } as MarketView;
const trade = (tradeId: number, timeMs: number, priceTicks: number) =>
  ({ tradeId, timeMs, priceTicks, lots: 2 }) as TradeView;

describe('candles', () => {
  const first: CandleView = { openMs: 0, open: 10, high: 12, low: 9, close: 11, lots: 5 };

  test('a trade moves the running candle or opens the next, and leaves the others alone', () => {
    const next = withTrades([first], [trade(1, 59_999, 15), trade(2, 60_000, 8)], MINUTE_MS);
    expect(next).toEqual([
      { openMs: 0, open: 10, high: 15, low: 9, close: 15, lots: 7 },
      { openMs: 60_000, open: 8, high: 8, low: 8, close: 8, lots: 2 },
    ]);
    const later = withTrades(next, [trade(3, 61_000, 9)], MINUTE_MS);
    expect(later[0]).toBe(next[0]);
    expect(withTrades(next, [], MINUTE_MS)).toBe(next);
  });

  test('each trade is applied once, oldest first', () => {
    const newestFirst = [trade(5, 5, 1), trade(4, 4, 1), trade(2, 2, 1)];
    expect(tradesAfter(newestFirst, 2).map(({ tradeId }) => tradeId)).toEqual([4, 5]);
    expect(tradesAfter(newestFirst, 9)).toEqual([]);
    expect(tradesAfter(newestFirst, 0)).toHaveLength(3);
  });

  test('the first bar asked for is a whole one', () => {
    expect(firstBarMs(10_000 * MINUTE_MS + 17, MINUTE_MS)).toBe(9_000 * MINUTE_MS);
    expect(firstBarMs(17, MINUTE_MS)).toBe(0);
  });
});

describe('marks', () => {
  test('fills of one candle and side are one mark, other markets are left out', () => {
    const fill = (timeMs: number, side: string, lots: number, instrument = 0) =>
      ({ timeMs, side, lots, instrument }) as FillView;
    const fills = [
      fill(1, 'buy', 5),
      fill(2, 'buy', 5),
      fill(3, 'sell', 1),
      fill(60_001, 'sell', 2),
      fill(4, 'buy', 9, 1),
    ];
    expect(fillGroups(fills, 0, MINUTE_MS)).toEqual([
      { openMs: 0, side: 'up', isLarge: true, fills: fills.slice(0, 2) },
      { openMs: 0, side: 'down', isLarge: false, fills: [fills[2]] },
      { openMs: 60_000, side: 'down', isLarge: false, fills: [fills[3]] },
    ]);
  });

  const distance: DistanceView = {
    state: 'measured',
    rows: [{ kind: 'own', underlying: 'BTC', move: -0.1, priceUsd: 54_000_000_000, sigmas: 4 }],
    sigmas: 2,
    touchPpm: 0,
    path: [
      { underlying: 'ETH', move: -0.08 },
      { underlying: 'BTC', move: -0.05 },
    ],
    sentence: '',
  };

  test('the band runs from the joint way to the asset alone', () => {
    const edges = bandEdges(distance, market);
    expect([edges?.nearTicks, edges?.farTicks]).toEqual([570_000, 540_000]);
    expect(edges?.others.map(({ underlying }) => underlying)).toEqual(['ETH']);
  });

  test('no band where there is no such price', () => {
    expect(bandEdges({ ...distance, state: 'noRisk' }, market)).toBeUndefined();
    expect(bandEdges({ ...distance, path: [{ underlying: 'BTC', move: 0.05 }] }, market)).toBeUndefined();
    expect(bandEdges(distance, { ...market, underlying: 'SOL' })).toBeUndefined();
    expect(bandEdges(undefined, market)).toBeUndefined();
  });
});
