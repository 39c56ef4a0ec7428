import { expect, test } from 'vitest';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';
import { draftStore } from '../../../../lib/stores/draftStore.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { draftPrices, followsBook, withDraftPrice } from './draftLines.ts';

const { draft } = draftStore.getState();
const written = { ...draft, sizeText: '40', priceText: '62,400.5' };
const level: LevelView = [623_000, 1, 1];
const context = { market: btcPerp, book: { bids: [level], asks: [level] }, mark: undefined };

test('a price stands on the chart once it can be read, a half-written one nowhere', () => {
  expect(draftPrices(written, context)).toEqual([{ field: 'priceText', ticks: 624_005, words: 'buy 40' }]);
  expect(draftPrices({ ...written, priceText: 'bid-5' }, context)[0]?.ticks).toBe(622_995);
  expect(draftPrices({ ...written, priceText: '62,400.55' }, context)).toEqual([]);
  expect(draftPrices({ ...written, priceText: '' }, context)).toEqual([]);
  expect(draftPrices({ ...written, type: 'market' }, context)).toEqual([]);
});

test('a stop limit and a scale have two prices, and say which is which', () => {
  const stop = { ...written, type: 'stopLimit' as const, triggerText: '63000' };
  expect(draftPrices(stop, context).map(({ words }) => words)).toEqual(['buy 40 trigger', 'buy 40 worst']);
  const scale = { ...written, type: 'scale' as const, toPriceText: '61000' };
  expect(draftPrices(scale, context).map(({ words }) => words)).toEqual(['buy 40 from', 'buy 40 to']);
});

test('a bracket stands where it would fire, measured from the entry being written', () => {
  const entry = { ...written, priceText: '60000', takeProfitText: '2%', stopLossText: '59,000/58,900' };
  expect(draftPrices(entry, context).slice(1)).toEqual([
    { field: 'takeProfitText', ticks: 612_000, words: 'buy 40 take profit' },
    { field: 'stopLossText', ticks: 590_000, words: 'buy 40 stop' },
  ]);
  expect(draftPrices({ ...entry, isReduceOnly: true }, context)).toHaveLength(1);
});

test('a line that was moved is written into its field, its worst price kept', () => {
  expect(withDraftPrice(draft, 'triggerText', 624_005, btcPerp)).toEqual({ triggerText: '62400.5' });
  const stop = { ...draft, stopLossText: '59,000/58,900' };
  expect(withDraftPrice(stop, 'stopLossText', 590_500, btcPerp)).toEqual({ stopLossText: '59050.0/58,900' });
});

test('only what is written against the book follows it', () => {
  expect(followsBook(written)).toBe(false);
  expect(followsBook({ ...written, priceText: 'ask + 3' })).toBe(true);
});
