import { beforeEach, expect, test } from 'vitest';
import type { OrderView } from '../engine/protocol/views/account.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import type { MarkView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { guardRefusal, guardWarnings } from './guards.ts';
import { operationGuards, sumGuards } from './operationGuards.ts';
import { accounts } from './stores/accountStore.ts';
import { listing, marks } from './stores/marketStore.ts';
import type { AccountState } from './stores/mergeAccount.ts';
import { btcPerp } from './testMarket.ts';

const ACCOUNT = 11;

/** A hand's slip on the chart: 1 BTC rests at 63,000, the mark is 63,100. */
const resting = {
  orderId: 7,
  account: ACCOUNT,
  instrument: btcPerp.instrument,
  type: 'limit',
  isReduceOnly: false,
  openLots: 10_000,
  priceTicks: 630_000,
  triggerTicks: 0,
} as OrderView;

const amend = (change: { price?: string; size?: string }, orderId = resting.orderId): OperationWire => ({
  type: 'AmendOrder',
  account: ACCOUNT,
  instrument: btcPerp.name,
  orderId,
  ...change,
});

function holdOrder(order: OrderView): void {
  accounts.setNow(ACCOUNT, { orders: [order] } as unknown as AccountState);
}

beforeEach(() => {
  listing.setNow('listing', { markets: [btcPerp] } as MarketsView);
  marks.setNow(btcPerp.instrument, { markUsdPerLot: 6_310_000 } as MarkView);
  holdOrder(resting);
});

test('a drag far from the mark asks, as an order placed there would', () => {
  expect(guardWarnings(operationGuards(amend({ price: '69410' })))).toEqual([
    'The price is 10.0% away from the mark; your warning is at 5.0%.',
  ]);
  expect(guardWarnings(operationGuards(amend({ price: '63050' })))).toEqual([]);
});

test('a size that grows over the hard limit is refused', () => {
  expect(guardRefusal(operationGuards(amend({ size: '900' })))).toBe(
    'The order is worth 56,700,000 USDC; your limit is 50,000,000 USDC.',
  );
});

test('an order that is over a limit already may be made smaller or moved nearer, not larger', () => {
  holdOrder({ ...resting, openLots: 9_000_000, priceTicks: 560_000 });
  expect(operationGuards(amend({ size: '850' }))).toEqual([]);
  expect(guardRefusal(operationGuards(amend({ price: '57000' })))).toContain('is worth 51,300,000');
  expect(guardRefusal(operationGuards(amend({ price: '55000' })))).toBeUndefined();
  expect(guardRefusal(operationGuards(amend({ size: '901' })))).toContain('is worth');
});

test('what only reduces is warned of and never refused', () => {
  holdOrder({ ...resting, isReduceOnly: true });
  const readings = operationGuards(amend({ size: '900' }));
  expect(guardRefusal(readings)).toBeUndefined();
  expect(guardWarnings(readings).join()).toContain('is worth');
});

test('of an order that is gone nothing is read: the engine refuses it', () => {
  expect(operationGuards(amend({ price: '1' }, 8))).toEqual([]);
});

const place = (size: string, more: object = {}): OperationWire => ({
  type: 'PlaceOrder',
  order: {
    account: ACCOUNT,
    instrument: btcPerp.name,
    side: 'buy',
    type: 'limit',
    size,
    price: '63100',
    ...more,
  },
});

test('several orders are judged for what they are together', () => {
  expect(guardWarnings(operationGuards(place('60')))).toEqual([]);
  expect(guardWarnings(sumGuards([place('60'), place('60')]))).toEqual([
    'The 2 orders together are worth 7,572,000 USDC; your warning is at 5,000,000 USDC.',
  ]);
  expect(guardRefusal(sumGuards([place('400'), place('400')]))).toBe(
    'The 2 orders together are worth 50,480,000 USDC; your limit is 50,000,000 USDC.',
  );
  expect(sumGuards([place('900')])).toEqual([]);
  expect(sumGuards([place('60'), { type: 'CancelAll', account: ACCOUNT }])).toEqual([]);
});

test('several exits together are warned of and never refused', () => {
  const exit = place('500', { type: 'market', price: undefined, isReduceOnly: true });
  expect(guardRefusal(sumGuards([exit, exit]))).toBeUndefined();
  expect(guardWarnings(sumGuards([exit, exit]))[0]).toContain('together are worth 63,100,000 USDC');
  expect(guardRefusal(sumGuards([exit, place('500')]))).toContain('your limit is 50,000,000');
});

test('orders that are moved together are judged for what grows', () => {
  accounts.setNow(ACCOUNT, {
    orders: [
      { ...resting, openLots: 600_000 },
      { ...resting, orderId: 8, openLots: 600_000 },
    ],
  } as unknown as AccountState);
  expect(sumGuards([amend({ price: '62900' }), amend({ price: '62900' }, 8)])).toEqual([]);
  expect(guardWarnings(sumGuards([amend({ price: '63050' }), amend({ price: '63050' }, 8)]))).toEqual([
    'The 2 orders together are worth 7,566,000 USDC; your warning is at 5,000,000 USDC.',
  ]);
});
