import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { changeOf, orderInHand } from './chartHands.ts';
import type { LineSubject } from './chartLines.ts';

const order = { orderId: 12, state: 'open', priceTicks: 624_000, triggerTicks: 0 } as OrderView;
const parked = (priceTicks: number): LineSubject => ({
  is: 'order',
  order: { ...order, state: 'parked', priceTicks, triggerTicks: 600_000 },
});
const change = (subject: LineSubject) => changeOf(subject, 601_000, btcPerp);

test('a resting order moves with its price, a waiting one with its trigger, and its limit keeps its distance', () => {
  expect(change({ is: 'order', order })).toEqual({ price: '60100.0' });
  expect(change(parked(0))).toEqual({ triggerPrice: '60100.0' });
  expect(change(parked(599_000))).toEqual({ triggerPrice: '60100.0', price: '60000.0' });
});

test('what an entry will place is changed with the entry, alone and whole', () => {
  const stop = (priceTicks: number): LineSubject => ({
    is: 'leg',
    entry: order,
    role: 'stopLoss',
    leg: { triggerTicks: 600_000, priceTicks },
  });
  expect(change(stop(0))).toEqual({ stopLoss: { triggerPrice: '60100.0' } });
  expect(change(stop(599_000))).toEqual({ stopLoss: { triggerPrice: '60100.0', price: '60000.0' } });
  expect(orderInHand(stop(0))).toBe(order);
});

test('a line of no order changes none', () => {
  const level: LineSubject = { is: 'level', level: { id: 1, price: '62400' } };
  expect([change(level), orderInHand(level)]).toEqual([undefined, undefined]);
});
