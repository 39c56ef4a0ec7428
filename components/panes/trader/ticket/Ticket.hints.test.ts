import { expect, test } from 'vitest';
import type { LevelView, MarkView } from '../../../../engine/protocol/views/market.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { notionalHint, priceFault, priceHint, sizeFault } from './Ticket.hints.ts';
import { sizeChoices } from './Ticket.sizes.ts';

const draft = { type: 'limit', sizeText: '40', priceText: '63104' } as Draft;
const mark = { markUsdPerLot: 6_310_000 } as MarkView;
const book = { bids: [[631_000, 1, 1]] as LevelView[], asks: [[631_010, 1, 1]] as LevelView[] };

test('the quantity says what it is worth, at the limit or at mark', () => {
  expect(notionalHint(draft, btcPerp, undefined)).toBe('2.52m USDC');
  expect(notionalHint({ ...draft, type: 'market', sizeText: '1' }, btcPerp, mark)).toBe('63k USDC');
  expect(notionalHint({ ...draft, sizeText: '' }, btcPerp, mark)).toBeUndefined();
});

test('the price says where it stands in the book', () => {
  expect(priceHint(draft, btcPerp, book)).toBe('ask + 30');
  expect(priceHint({ ...draft, priceText: '63100' }, btcPerp, book)).toBe('bid');
  expect(priceHint({ ...draft, priceText: '63099' }, btcPerp, book)).toBe('bid − 10');
  expect(priceHint({ ...draft, priceText: '63100.5' }, btcPerp, book)).toBe('inside');
});

test('an off-tick price is told its neighbours and an off-lot size why', () => {
  expect(priceFault('63101.55', btcPerp)).toBe('Off tick: 63,101.5 or 63,101.6.');
  expect(priceFault('63101.5', btcPerp)).toBeUndefined();
  expect(priceFault('x', btcPerp)).toBe('Not a number.');
  expect(sizeFault({ ...draft, sizeText: '0.00001' }, btcPerp)).toBe(
    'The size is not a multiple of the lot.',
  );
});

test('size choices are rounded down to a lot; what means nothing is empty', () => {
  const choices = sizeChoices(btcPerp, mark, -3);
  expect(choices.map(({ label, text }) => [label, text])).toEqual([
    ['10k', '0.1584'],
    ['50k', '0.7923'],
    ['250k', '3.9619'],
    ['½ pos', '0.0001'],
    ['pos', '0.0003'],
  ]);
  expect(sizeChoices(btcPerp, undefined, 0).every(({ text }) => text === '')).toBe(true);
});
