import { expect, test } from 'vitest';
import type { LevelView, MarkView } from '../../../../engine/protocol/views/market.ts';
import type { DraftContext } from '../../../../lib/draftOrder.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { priceFault, priceHint, sizeFault, sizeHint, steppedTicks } from './Ticket.hints.ts';
import { sizeChoices, whyMost } from './Ticket.sizes.ts';

const draft = { type: 'limit', sizeText: '40', priceText: '63104' } as Draft;
const context: DraftContext = {
  account: 4,
  market: btcPerp,
  book: { bids: [[631_000, 1, 1]] as LevelView[], asks: [[631_010, 1, 1]] as LevelView[] },
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  positionLots: 0,
  mostLots: 1_530_000,
  tolerancePercent: '1',
  nowMs: 0,
};

test('the quantity says what it is worth, at the limit or at mark', () => {
  expect(sizeHint(draft, context)).toBe('2.52m USDC');
  expect(sizeHint({ ...draft, type: 'market', sizeText: '1' }, context)).toBe('63k USDC');
  expect(sizeHint({ ...draft, sizeText: '' }, context)).toBeUndefined();
});

test('a quantity in money or shares is said back in coins', () => {
  expect(sizeHint({ ...draft, sizeText: '1.5m usd' }, context)).toBe('= 23.7702 BTC');
  expect(sizeHint({ ...draft, sizeText: '50%' }, context)).toBe('= 76.5 BTC');
  expect(sizeHint({ ...draft, sizeText: 'max' }, { ...context, mostLots: undefined })).toBe('asking');
});

test('the price says where it stands in the book', () => {
  expect(priceHint('63104', context)).toBe('ask + 30');
  expect(priceHint('63100', context)).toBe('bid');
  expect(priceHint('63099', context)).toBe('bid − 10');
  expect(priceHint('63100.5', context)).toBe('inside');
  expect(priceHint('bid+2', context)).toBe('= 63,100.2');
});

test('an off-tick price is told its neighbours and an off-lot size why', () => {
  expect(priceFault('63101.55', context)).toBe('Off tick: 63,101.5 or 63,101.6.');
  expect(priceFault('63101.5', context)).toBeUndefined();
  expect(priceFault('x', context)).toContain('No price.');
  expect(sizeFault({ ...draft, sizeText: '0.00001' }, context)).toBe(
    'The size is not a multiple of the lot.',
  );
  expect(sizeFault({ ...draft, sizeText: 'pos' }, context)).toContain('No quantity.');
});

test('the arrows move a price by ticks, from the middle of the book when there is none', () => {
  expect(steppedTicks('63101.5', 1, context)).toBe(631_016);
  expect(steppedTicks('', -10, context)).toBe(630_995);
  expect(steppedTicks('x', 1, context)).toBeUndefined();
});

test('choices are the own sizes, half of the position and the most that passes', () => {
  const choices = sizeChoices(btcPerp, ['1', '', '0.00001'], -3, 1_530_000);
  expect(choices.map(({ label, text }) => [label, text])).toEqual([
    ['1', '1'],
    ['0.00001', ''],
    ['½ pos', '0.0001'],
    ['max 153', '153'],
  ]);
  expect(sizeChoices(btcPerp, [], 0, undefined).map(({ text }) => text)).toEqual(['', '']);
});

test('max says what one lot more is told', () => {
  const most = { lots: 3, terms: '', beyond: 'The account would have less equity than initial margin.' };
  expect(whyMost(most)).toBe(`The most that passes. One lot more: ${most.beyond}`);
  expect(whyMost({ ...most, lots: 0 })).toBe(`No size passes. ${most.beyond}`);
  expect(whyMost({ ...most, beyond: undefined })).toContain('closes the position and no more');
  expect(whyMost(undefined)).toContain('is being asked');
});
