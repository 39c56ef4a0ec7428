import { afterEach, expect, test } from 'vitest';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { withdrawUndo } from './orderNews.ts';
import { dismissToast, toast, toasts } from './stores/toastStore.ts';

afterEach(() => {
  for (const { id } of toasts.latest('all') ?? []) dismissToast(id);
});

const offer = (group: string) =>
  toast({ group, tone: 'good', text: group, actions: [{ label: 'Undo', run: () => {} }] });
const offered = () =>
  (toasts.latest('all') ?? []).filter(({ actions }) => actions.length > 0).map(({ group }) => group);

const named = { account: 8, instrument: 'BTC-PERP' };

test('the undo of an order ends when the next change of it is sent, that of another stands', () => {
  offer('order 7');
  offer('order 70');
  withdrawUndo([{ type: 'AmendOrder', ...named, orderId: 7, price: '1' }]);
  expect(offered()).toEqual(['order 70']);
});

test('a cancel of all ends the undo of every order, and of nothing else', () => {
  offer('order 7');
  offer('Transfer');
  withdrawUndo([{ type: 'CancelAll', account: 8 }]);
  expect(offered()).toEqual(['Transfer']);
});

test('an order that is placed takes no undo away', () => {
  offer('order 7');
  const order = { ...named, side: 'buy', type: 'limit', size: '1', price: '1' };
  withdrawUndo([{ type: 'PlaceOrder', order } as OperationWire]);
  expect(offered()).toEqual(['order 7']);
});
