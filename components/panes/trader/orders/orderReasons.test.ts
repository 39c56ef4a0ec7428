import { expect, test } from 'vitest';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { restingBid } from '../../../../lib/testOrder.ts';
import type { OrderRow } from './Orders.state.ts';
import { orderReason } from './orderReasons.ts';

const row: OrderRow = {
  key: '12',
  market: btcPerp,
  order: restingBid,
  pending: undefined,
  markUsdPerLot: 6_400_000,
  heldUsd: 4_000_000,
  siblings: '',
  leg: undefined,
};

test('a resting order says its sizes, its queue, its distance and when it was accepted', () => {
  expect(orderReason('open', row)).toMatchObject({
    name: 'open size of order 12 in BTC-PERP',
    inputs: [
      ['size', '2.0000 BTC'],
      ['filled', '0.5000 BTC'],
      ['open', '1.5000 BTC'],
    ],
  });
  expect(orderReason('queue', row).inputs[0]).toEqual(['ahead', 'q 12.6000 ahead']);
  expect(orderReason('fromMark', row).inputs.at(-1)).toEqual(['from mark', '−1.41%']);
  expect(orderReason('price', row)).toMatchObject({
    inputs: [['limit', '63,100.0']],
    source: expect.stringMatching(/^accepted at seq 5/),
  });
});

test('a trigger says where it fires, and with a limit what it takes then', () => {
  const parked = { ...restingBid, state: 'parked' as const, triggerTicks: 640_000 };
  const { formula, inputs } = orderReason('price', { ...row, order: parked });
  expect(formula).toContain('nothing worse than its limit');
  expect(inputs).toEqual([
    ['trigger', '64,000.0'],
    ['limit', '63,100.0'],
  ]);
  expect(orderReason('price', { ...row, order: { ...parked, priceTicks: 0 } }).inputs).toHaveLength(1);
});

test('what the engine has not answered says so', () => {
  expect(orderReason('held', { ...row, order: undefined }).formula).toContain('not answered yet');
});
