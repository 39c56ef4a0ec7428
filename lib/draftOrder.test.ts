import { expect, test } from 'vitest';
import { orderDraftWire } from '../engine/protocol/wire/commands.ts';
import { orderOf } from './draftOrder.ts';
import type { Draft } from './stores/draftStore.ts';
import { btcPerp } from './testMarket.ts';

const limit: Draft = {
  side: 'buy',
  type: 'limit',
  sizeText: '1.5k',
  priceText: '63,101.5',
  triggerText: '',
  timeInForce: 'gtc',
  lifeMinutesText: '60',
  isPostOnly: true,
  isReduceOnly: false,
};

test('a limit order carries its price, its life and post-only', () => {
  expect(orderOf(limit, 4, btcPerp, 0)).toEqual({
    is: 'order',
    order: {
      account: 4,
      instrument: 'BTC-PERP',
      side: 'buy',
      type: 'limit',
      size: '1500',
      price: '63101.5',
      timeInForce: 'gtc',
      isPostOnly: true,
    },
  });
});

test('a market order carries neither price nor post-only, whatever was typed before', () => {
  const reading = orderOf({ ...limit, type: 'market', isReduceOnly: true }, 4, btcPerp, 0);
  expect(reading).toMatchObject({ order: { type: 'market', isReduceOnly: true } });
  expect(JSON.stringify(reading)).not.toMatch(/price|post|gtc/i);
});

test('a stop order asks for its trigger first', () => {
  expect(orderOf({ ...limit, type: 'stopLimit' }, 4, btcPerp, 0)).toEqual({
    is: 'missing',
    field: 'triggerPrice',
  });
});

test('a life in minutes counts from engine time', () => {
  const reading = orderOf({ ...limit, timeInForce: 'gtt', lifeMinutesText: '5' }, 4, btcPerp, 1_000);
  expect(reading).toMatchObject({ order: { timeInForce: 'gtt', expiresAtMs: 301_000 } });
});

test('what cannot be read is not sent', () => {
  expect(orderOf({ ...limit, sizeText: '' }, 4, btcPerp, 0)).toEqual({ is: 'missing', field: 'size' });
  expect(orderOf({ ...limit, sizeText: '-1' }, 4, btcPerp, 0)).toEqual({ is: 'unreadable', field: 'size' });
});

test('every order a draft can become has the shape the door asks for', () => {
  for (const type of ['limit', 'market', 'stopMarket', 'stopLimit', 'takeMarket', 'takeLimit'] as const) {
    for (const timeInForce of ['gtc', 'ioc', 'fok', 'gtt'] as const) {
      const reading = orderOf({ ...limit, type, timeInForce, triggerText: '60k' }, 4, btcPerp, 1);
      expect(orderDraftWire.safeParse(reading.is === 'order' && reading.order).success).toBe(true);
    }
  }
});
