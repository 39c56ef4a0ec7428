import { afterEach, expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { tellAnswer, withdrawUndo } from './orderNews.ts';
import { listing } from './stores/marketStore.ts';
import { dismissToast, toast, toasts } from './stores/toastStore.ts';
import { btcPerp } from './testMarket.ts';

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

const exit = (size: string): OperationWire => ({
  type: 'PlaceOrder',
  order: { ...named, side: 'sell', type: 'market', size, isReduceOnly: true },
});
const cut = {
  status: 'partlyFilled',
  orderId: 9,
  filledLots: 15_000,
  openLots: 0,
  endReason: 'iocRemainder',
};
const whole = { status: 'filled', orderId: 10, filledLots: 10_000, openLots: 0 };
const told = () => (toasts.latest('all') ?? []).map(({ tone, text, detail }) => ({ tone, text, detail }));
const tell = (operations: OperationWire[], results: object[]) =>
  tellAnswer(
    { operations, title: 'Flatten' },
    { seq: 7, ackMs: 3, results: results as OperationResult[] },
    () => {},
  );

test('an exit that did not fill whole says what is left, alone and among several', () => {
  listing.setNow('listing', { markets: [btcPerp] } as MarketsView);
  tell([exit('2')], [{ ...cut, filledNotionalUsd: 94_650_000_000, feeUsd: 0 }]);
  expect(told()[0]?.detail).toContain('0.5000 BTC-PERP not filled; seq 7');
  const none = { ...cut, status: 'cancelled', filledLots: 0 };
  tell([exit('1'), exit('1'), exit('1')], [whole, none, whole]);
  expect(told().find(({ text }) => text === 'Flatten: 3 of 3 done.')).toMatchObject({
    tone: 'warn',
    detail: '1.0000 BTC-PERP not filled; seq 7, 3.0 ms',
  });
});

test('a reversal in several orders says which part stood', () => {
  listing.setNow('listing', { markets: [btcPerp] } as MarketsView);
  const open: OperationWire = {
    type: 'PlaceOrder',
    order: { ...named, side: 'sell', type: 'market', size: '1', price: '62000' },
  };
  const refused = { status: 'refused', clientId: '', error: errorView('margin.initialInsufficient') };
  tell([exit('1'), open], [whole, refused]);
  const [{ tone, text, detail } = { tone: '', text: '', detail: '' }] = told();
  expect([tone, text]).toEqual(['danger', 'Flatten: 1 of 2 done.']);
  expect(detail).toContain('closed 1.0000 of 1.0000 BTC-PERP; opened 0.0000 of 1.0000 BTC-PERP; seq 7');
});
