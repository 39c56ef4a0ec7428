import { expect, test } from 'vitest';
import type { OrderView } from '../engine/protocol/views/account.ts';
import { changeBack, type OrderChange, onlyTakesAway } from './orderChange.ts';
import { btcPerp } from './testMarket.ts';

const order = {
  priceTicks: 631_000,
  triggerTicks: 632_000,
  openLots: 15_000,
  takeProfit: { triggerTicks: 650_000, priceTicks: 649_000 },
} as OrderView;

test('a change is taken back by the old terms of what it names, and of nothing else', () => {
  const back = (change: OrderChange) => changeBack(order, btcPerp, change);
  expect(back({ price: '62000' })).toEqual({ price: '63100.0' });
  expect(back({ triggerPrice: '1', size: '2' })).toEqual({ triggerPrice: '63200.0', size: '1.5' });
  expect(back({ takeProfit: 'none' })).toEqual({ takeProfit: { triggerPrice: '65000.0', price: '64900.0' } });
});

test('an exit that was added is taken back by taking it away', () => {
  expect(changeBack(order, btcPerp, { stopLoss: { triggerPrice: '60000' } })).toEqual({ stopLoss: 'none' });
});

test('a cancel and the end of what an entry would place take away; any new term does more', () => {
  const amend = { type: 'AmendOrder', account: 4, instrument: 'BTC-PERP', orderId: 12 } as const;
  const leg = { triggerPrice: '60000' };
  expect(onlyTakesAway({ type: 'CancelOrder', account: 4, orderId: 12 })).toBe(true);
  expect(onlyTakesAway({ ...amend, takeProfit: 'none', stopLoss: 'none' })).toBe(true);
  expect(onlyTakesAway({ ...amend, takeProfit: 'none', stopLoss: leg })).toBe(false);
  expect(onlyTakesAway({ ...amend, takeProfit: 'none', size: '1' })).toBe(false);
  expect(onlyTakesAway(amend)).toBe(false);
});
