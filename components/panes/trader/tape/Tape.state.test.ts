import { describe, expect, test } from 'vitest';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { bigLots, filterChoices, newSince, ownTradeIds, printsFrom } from './Tape.state.ts';

const trade = (tradeId: number, lots: number): TradeView => ({
  tradeId,
  timeMs: tradeId,
  seq: tradeId,
  takerSide: 0,
  priceTicks: 100,
  lots,
});
const trades = Array.from({ length: 40 }, (_, index) => trade(40 - index, index + 1));

describe('the tape', () => {
  test('a print is large when nine of ten are smaller, and never on a handful', () => {
    expect(bigLots(trades)).toBe(37);
    expect(bigLots(trades.slice(0, 5))).toBe(Number.POSITIVE_INFINITY);
  });

  test('the smallest size to show is a round number of coins near 1k, 10k and 100k USD', () => {
    const btc = { ticksPerUsd: 10, lotsPerUnit: 10_000 } as MarketView;
    expect(filterChoices(631_000, btc).map((lots) => lots / 10_000)).toEqual([0, 0.01, 0.1, 1]);
    const doge = { ticksPerUsd: 100_000, lotsPerUnit: 1 } as MarketView;
    expect(filterChoices(18_244, doge)).toEqual([0, 10_000, 100_000, 1_000_000]);
  });

  test('small prints are left out and the column is still filled', () => {
    const shown = printsFrom(trades, 30, 3);
    expect(shown.map((print) => print.lots)).toEqual([30, 31, 32]);
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
