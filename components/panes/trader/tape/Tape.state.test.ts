import { describe, expect, test } from 'vitest';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { TradeView } from '../../../../engine/protocol/views/market.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { bigLots, createBigLots, newSince, ownTradeIds, printsFrom } from './Tape.state.ts';

const trade = (tradeId: number, lots: number, change: Partial<TradeView> = {}): TradeView => ({
  tradeId,
  timeMs: tradeId,
  seq: tradeId,
  takerSide: 0,
  priceTicks: 100,
  lots,
  ...change,
});
const trades = Array.from({ length: 40 }, (_, index) => trade(40 - index, index + 1));
const all = { market: btcPerp, usdMin: 0, isMerged: false, ownIds: new Set<number>() };

describe('the tape', () => {
  test('a print is large when nine of ten are smaller, at a round size, and never on a handful', () => {
    expect(bigLots(trades)).toBe(50);
    expect(bigLots(trades.map((each) => ({ ...each, lots: each.lots * 50 })))).toBe(2_000);
    expect(bigLots(trades.slice(0, 5))).toBe(Number.POSITIVE_INFINITY);
  });

  test('what is large stays so for a quarter of a second, and is looked at anew with more prints', () => {
    const large = createBigLots();
    const later = (timeMs: number) => trades.map((each) => ({ ...each, timeMs, lots: each.lots * 50 }));
    expect(large(trades)).toBe(50);
    expect(large(later(200))).toBe(50);
    expect(large(later(300))).toBe(2_000);
    expect(large(trades.slice(0, 30))).toBe(50);
  });

  test('small prints are left out and the column is still filled', () => {
    const usdMin = 30 * 100 * btcPerp.usdPerTickLot;
    expect(printsFrom(trades, 3, { ...all, usdMin }).map((print) => print.lots)).toEqual([30, 31, 32]);
    expect(printsFrom(trades, 99, all)).toHaveLength(40);
  });

  test('the trades of one taker order are one line of their sum, at the price it went to', () => {
    const swept = [
      trade(9, 1, { seq: 7, takerSide: 1, priceTicks: 90 }),
      trade(8, 5, { seq: 6, priceTicks: 103 }),
      trade(7, 4, { seq: 6, priceTicks: 102 }),
      trade(6, 3, { seq: 6, takerSide: 1, priceTicks: 99 }),
    ];
    const merged = printsFrom(swept, 9, { ...all, isMerged: true, ownIds: new Set([7]) });
    expect(merged.map(({ tradeId, priceTicks, lots, isOwn }) => [tradeId, priceTicks, lots, isOwn])).toEqual([
      [9, 90, 1, false],
      [8, 103, 9, true],
      [6, 99, 3, false],
    ]);
  });

  test('an order is as large as all it traded, also for the filter', () => {
    const swept = [trade(8, 5, { seq: 6 }), trade(7, 4, { seq: 6 })];
    const filter = { ...all, isMerged: true, usdMin: 9 * 100 * btcPerp.usdPerTickLot };
    expect(printsFrom(swept, 9, filter)).toHaveLength(1);
    expect(printsFrom(swept, 9, { ...filter, isMerged: false })).toEqual([]);
  });

  test('own prints are those of this market', () => {
    const fills = [
      { instrument: 1, tradeId: 7 },
      { instrument: 2, tradeId: 8 },
    ] as FillView[];
    expect([...ownTradeIds(fills, 1)]).toEqual([7]);
  });

  test('while held it counts what came', () => {
    expect(newSince(trades, trades.slice(3))).toBe(3);
    expect(newSince(trades, trades)).toBe(0);
    expect(newSince(trades, [])).toBe(0);
  });
});
