import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LevelView, MarkView } from '../engine/protocol/views/market.ts';
import { operationsWire } from '../engine/protocol/wire/commands.ts';
import { confirmationOf, decodedCommand } from './confirmation/confirmation.ts';
import { operationOf } from './confirmation/grammar.ts';
import { type DraftContext, readDraft } from './draftOrder.ts';
import { commandText } from './signing.ts';
import type { Draft, DraftType } from './stores/draftStore.ts';
import { btcPerp } from './testMarket.ts';

const limit: Draft = {
  side: 'buy',
  type: 'limit',
  sizeText: '1.5k',
  priceText: '63,101.5',
  triggerText: '',
  worstText: undefined,
  timeInForce: 'gtc',
  lifeMinutesText: '60',
  isPostOnly: true,
  isReduceOnly: false,
  selfTrade: 'expireTaker',
  takeProfitText: '',
  stopLossText: '',
  toPriceText: '',
  countText: '5',
  ratioText: '1',
};
const context: DraftContext = {
  account: 4,
  market: btcPerp,
  book: { bids: [[631_000, 1, 1]] as LevelView[], asks: [[631_010, 1, 1]] as LevelView[] },
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  positionLots: -40_000,
  mostLots: 1_530_000,
  tolerancePercent: '1',
  nowMs: 1_000,
};
const read = (change: Partial<Draft>) => readDraft({ ...limit, ...change }, context);
const orderIn = (change: Partial<Draft>) => {
  const reading = read(change);
  if (reading.is !== 'operation' || reading.operation.type !== 'PlaceOrder') throw new Error(reading.is);
  return reading.operation.order;
};

test('a limit order carries its price, its life and post-only', () => {
  expect(orderIn({})).toEqual({
    account: 4,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '1500',
    price: '63101.5',
    timeInForce: 'gtc',
    isPostOnly: true,
  });
});

test('a market order that only reduces carries neither price nor post-only, whatever was typed before', () => {
  const order = orderIn({ type: 'market', isReduceOnly: true });
  expect(order).toMatchObject({ type: 'market', isReduceOnly: true });
  expect(JSON.stringify(order)).not.toMatch(/price|post|gtc/i);
});

test('an order at market that may open is held to the tolerance from mark or trigger', () => {
  expect(orderIn({ type: 'market', sizeText: '1' })).toMatchObject({ size: '1', price: '63731.0' });
  expect(orderIn({ type: 'market', side: 'sell' })).toMatchObject({ price: '62469.0' });
  const stop = { type: 'stopMarket', triggerText: '64000' } as const;
  expect(orderIn(stop)).toMatchObject({ triggerPrice: '64000', price: '64640.0' });
  expect(orderIn({ ...stop, type: 'takeMarket', side: 'sell' })).toMatchObject({ price: '63360.0' });
});

test('the worst price is written as a distance, a price or against the book, and taken away', () => {
  const worst = (worstText: string | undefined, more: Partial<Draft> = {}) =>
    orderIn({ type: 'market', worstText, ...more }).price;
  expect(worst('0.25%')).toBe('63257.7');
  expect(worst('63,500')).toBe('63500');
  expect(worst('ask+5')).toBe('63101.5');
  expect(worst('')).toBeUndefined();
  // Asked for, it holds an exit too.
  expect(worst('0.25%', { isReduceOnly: true })).toBe('63257.7');
  expect(read({ type: 'market', worstText: 'low' })).toEqual({ is: 'unreadable', field: 'worstPrice' });
});

test('a worst price waits for the mark, and a tolerance beyond the band says nothing', () => {
  const market: Draft = { ...limit, type: 'market', sizeText: '1' };
  expect(readDraft(market, { ...context, mark: undefined })).toEqual({ is: 'waiting', field: 'worstPrice' });
  for (const tolerancePercent of ['5', '8', '']) {
    const reading = readDraft(market, { ...context, tolerancePercent });
    expect(JSON.stringify(reading)).not.toContain('price');
  }
});

test('of an option the distance is a share of what it is marked around, as the band is', () => {
  const mark = { markUsdPerLot: 50_000, indexUsdPerLot: 6_310_000 } as MarkView;
  const option = { ...context, mark, market: { ...btcPerp, kind: 'option' as const } };
  const reading = readDraft({ ...limit, type: 'market', sizeText: '1' }, option);
  expect(reading).toMatchObject({ operation: { order: { price: '1131.0' } } });
});

test('a stop order asks for its trigger first', () => {
  expect(read({ type: 'stopLimit' })).toEqual({ is: 'missing', field: 'triggerPrice' });
});

test('a life in minutes counts from engine time', () => {
  expect(orderIn({ timeInForce: 'gtt', lifeMinutesText: '5' })).toMatchObject({
    timeInForce: 'gtt',
    expiresAtMs: 301_000,
  });
  expect(orderIn({ timeInForce: 'gtt', lifeMinutesText: '0.5' })).toMatchObject({ expiresAtMs: 31_000 });
});

test('a bracket is measured from the limit, and its second price is a limit', () => {
  const order = orderIn({ priceText: '60000', takeProfitText: '2%', stopLossText: '59,400/59,000' });
  expect(order.takeProfit).toEqual({ triggerPrice: '61200.0' });
  expect(order.stopLoss).toEqual({ triggerPrice: '59400', price: '59000' });
  expect(orderIn({ side: 'sell', priceText: '60000', takeProfitText: '2%' }).takeProfit).toEqual({
    triggerPrice: '58800.0',
  });
  expect(orderIn({ takeProfitText: '2%', isReduceOnly: true }).takeProfit).toBeUndefined();
});

test('a scale is one operation of several orders', () => {
  const reading = read({ type: 'scale', sizeText: '10', toPriceText: '62k', countText: '8', ratioText: '2' });
  expect(reading).toMatchObject({
    operation: {
      type: 'PlaceScale',
      scale: {
        size: '10',
        fromPrice: '63101.5',
        toPrice: '62000',
        count: 8,
        sizeRatio: '2',
        isPostOnly: true,
      },
    },
  });
  expect(read({ type: 'scale', toPriceText: '62k', countText: '41' })).toEqual({
    is: 'unreadable',
    field: 'count',
  });
});

test.each([
  ['1.5m usd', '23.7712'],
  ['$10k', '0.1584'],
  ['50%', '76.5'],
  ['max', '153'],
  ['pos', '4'],
  ['½ pos', '2'],
])('a quantity of %s is %s at 63,101.5', (typed, size) => {
  expect(orderIn({ sizeText: typed }).size).toBe(size);
});

test('a share of an order that only reduces is of the position', () => {
  expect(orderIn({ sizeText: '50%', isReduceOnly: true }).size).toBe('2');
});

test.each([
  ['bid', '63100.0'],
  ['ask+2', '63101.2'],
  ['mid - 3', '63100.2'],
  ['mark', '63100.0'],
])('a price of %s is %s', (typed, price) => {
  expect(orderIn({ priceText: typed }).price).toBe(price);
});

test('what cannot be read is not sent, and what is not known yet waits', () => {
  expect(read({ sizeText: '' })).toEqual({ is: 'missing', field: 'size' });
  expect(read({ sizeText: '-1' })).toEqual({ is: 'unreadable', field: 'size' });
  expect(read({ stopLossText: 'low' })).toEqual({ is: 'unreadable', field: 'stopLoss' });
  expect(readDraft({ ...limit, sizeText: 'max' }, { ...context, mostLots: undefined })).toEqual({
    is: 'waiting',
    field: 'size',
  });
});

/**
 * Goal: from the ticket to the engine nothing is lost or added. Drafts of every type and field are read into an
 * operation, signed as text, shown as a sentence, and read back from that sentence: the same operation at each step.
 */
const types: DraftType[] = [
  ...(['limit', 'market', 'stopMarket', 'stopLimit', 'takeMarket', 'takeLimit', 'scale'] as const),
];
const price = fc.oneof(
  fc.constantFrom('bid', 'mid', 'ask+2', 'mark-5', '63,101.5', '60k'),
  fc.integer({ min: 1, max: 9_999_999 }).map(String),
);
const legText = fc.oneof(
  fc.constantFrom('', '2%', '0.25%', '64,364', '64,364/64,300'),
  fc.tuple(price, price).map(([trigger, worst]) => `${trigger}/${worst}`),
);
const worstText = fc.oneof(fc.constantFrom(undefined, '', '1%', '0.25%', '63,500.5'), price);
const drafts: fc.Arbitrary<Draft> = fc.record({
  side: fc.constantFrom('buy' as const, 'sell' as const),
  type: fc.constantFrom(...types),
  sizeText: fc.constantFrom('40', '0.0001', '1.5m usd', '$25k', '50%', '½ pos', 'pos', 'max', '2.5k'),
  priceText: price,
  triggerText: price,
  worstText,
  toPriceText: price,
  timeInForce: fc.constantFrom(...(['gtc', 'ioc', 'fok', 'gtt'] as const)),
  lifeMinutesText: fc.integer({ min: 1, max: 100_000 }).map(String),
  isPostOnly: fc.boolean(),
  isReduceOnly: fc.boolean(),
  selfTrade: fc.constantFrom(...(['expireTaker', 'expireMaker', 'expireBoth'] as const)),
  takeProfitText: legText,
  stopLossText: legText,
  countText: fc.integer({ min: 2, max: 40 }).map(String),
  ratioText: fc.constantFrom('1', '2', '0.5', '1.25'),
});
const desk = { chainId: 31_337, vault: `0x${'ab'.repeat(20)}` };

test('a worst price is in the command, and said in words of its own', () => {
  const operation = { type: 'PlaceOrder', order: orderIn({ type: 'market', sizeText: '1' }) } as const;
  const [sentence = ''] = confirmationOf(commandText(desk, 7, [operation]));
  expect(sentence).toBe('Buy 1 BTC-PERP, at market no worse than 63,731.0 USDC; account 4');
  expect(operationOf(sentence)).toEqual(operation);
  expect(operationOf(sentence.replace(' no worse than', ''))).toBeUndefined();
});

test('ticket, command, confirmation and command again are the same for every type and field', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const reading = readDraft(draft, context);
      if (reading.is !== 'operation') throw new Error(`${reading.is} ${reading.field}`);
      const { operation } = reading;
      expect(operationsWire.safeParse([operation]).success).toBe(true);
      const text = commandText(desk, 7, [operation]);
      expect(decodedCommand(text).operations).toEqual([operation]);
      const [sentence = ''] = confirmationOf(text, () => 'Macro / BTC-basis');
      expect(operationOf(sentence)).toEqual(operation);
    }),
    { numRuns: 2_000 },
  );
});
