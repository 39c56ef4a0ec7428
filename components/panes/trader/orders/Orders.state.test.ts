import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { amendDraftOf, amendmentOf, fromMarkText, queueText, stillRows, termsText } from './Orders.state.ts';

const order: OrderView = {
  orderId: 12,
  clientId: '',
  account: 4,
  instrument: 0,
  side: 'buy',
  type: 'limit',
  timeInForce: 'gtc',
  isPostOnly: true,
  isReduceOnly: false,
  priceTicks: 631_000,
  sizeLots: 20_000,
  openLots: 15_000,
  triggerTicks: 0,
  expiresAtMs: 0,
  acceptedSeq: 5,
  acceptedMs: 0,
  lotsAhead: 126_000,
  state: 'open',
};

test('an amendment carries only what was changed', () => {
  const before = amendDraftOf(order, btcPerp);
  expect(before).toEqual({ priceText: '63100.0', sizeText: '1.5' });
  expect(amendmentOf(order, btcPerp, before)).toBeUndefined();
  expect(amendmentOf(order, btcPerp, { ...before, priceText: '61k' })).toEqual({
    type: 'AmendOrder',
    account: 4,
    instrument: 'BTC-PERP',
    orderId: 12,
    price: '61000',
  });
  expect(amendmentOf(order, btcPerp, { ...before, sizeText: '1' })).toMatchObject({ size: '1' });
  expect(amendmentOf(order, btcPerp, { ...before, sizeText: 'x' })).toBeUndefined();
});

test('a parked stop without a limit is amended at its trigger', () => {
  const stop: OrderView = {
    ...order,
    type: 'stopMarket',
    priceTicks: 0,
    triggerTicks: 600_000,
    state: 'parked',
  };
  const before = amendDraftOf(stop, btcPerp);
  expect(amendmentOf(stop, btcPerp, { ...before, priceText: '59000' })).toMatchObject({
    triggerPrice: '59000',
  });
});

test('what a row says of its order', () => {
  expect(termsText(order)).toBe('GTC post');
  expect(queueText(order, btcPerp)).toBe('q 12.6000');
  expect(queueText({ ...order, lotsAhead: 0 }, btcPerp)).toBe('first');
  expect(fromMarkText(order, btcPerp, 6_400_000)).toBe('−1.41%');
  expect(fromMarkText(order, btcPerp, undefined)).toBe('–');
});

test('rows keep their place under the pointer: new ones go below, finished ones stay', () => {
  const second = { ...order, orderId: 13 };
  const third = { ...order, orderId: 14 };
  const shown = stillRows([], [second, order], false);
  const held = stillRows(shown, [third, order], true);
  expect(held.map((row) => [row.order.orderId, row.isGone])).toEqual([
    [13, true],
    [12, false],
    [14, false],
  ]);
  expect(stillRows(held, [third, order], false).map((row) => row.order.orderId)).toEqual([14, 12]);
});
