import { expect, test } from 'vitest';
import type { AccountView, OrderView } from '../../../../engine/protocol/views/account.ts';
import { leftOrders } from './leftOrders.ts';

const view = (account: number, ...instruments: number[]) =>
  ({ account, positions: instruments.map((instrument) => ({ instrument, lots: 5 })) }) as AccountView;
const order = (orderId: number, instrument: number, isReduceOnly = true) =>
  ({ orderId, instrument, isReduceOnly }) as OrderView;

test('orders that only reduce stay behind a position that was closed, and those alone', () => {
  const orders = [order(1, 0), order(2, 0, false), order(3, 1), order(4, 0)];
  expect(leftOrders(view(8, 0, 1), view(8, 1), orders)).toEqual([{ instrument: 0, orderIds: [1, 4] }]);
});

test('nothing is said of a position that stands, that took its orders with it, or of another account', () => {
  expect(leftOrders(view(8, 0), view(8, 0), [order(1, 0)])).toEqual([]);
  expect(leftOrders(view(8, 0), view(8), [order(2, 0, false), order(3, 1)])).toEqual([]);
  expect(leftOrders(view(9, 0), view(8), [order(1, 0)])).toEqual([]);
  expect(leftOrders(undefined, view(8), [order(1, 0)])).toEqual([]);
});
