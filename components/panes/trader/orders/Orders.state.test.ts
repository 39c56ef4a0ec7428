import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { restingBid as order } from '../../../../lib/testOrder.ts';
import { orderColumns } from './Orders.columns.tsx';
import {
  fromMarkText,
  isUnset,
  orderRows,
  queueText,
  siblingsText,
  stateText,
  termsText,
  underOf,
} from './Orders.state.ts';

test('what a row says of its order', () => {
  expect(termsText(order)).toBe('GTC post');
  expect(queueText(order, btcPerp)).toBe('q 12.6000 ahead');
  expect(queueText({ ...order, lotsAhead: 0 }, btcPerp)).toBe('q 0 first');
  expect(fromMarkText(order, btcPerp, 6_400_000)).toBe('−1.41%');
  expect(fromMarkText(order, btcPerp, undefined)).toBe('–');
});

const nothing = { margins: [], markets: [btcPerp], markOf: () => undefined, isAmending: () => false };
const stop: OrderView = { ...order, orderId: 14, type: 'stopMarket', state: 'parked' };

test('working orders and waiting triggers stand apart, and a pending one stands where it will be', () => {
  const sent = { account: 4, instrument: 'BTC-PERP', side: 'buy' as const, size: '1' };
  const pending = [
    { clientId: 'a', order: { ...sent, type: 'limit' as const }, sentMs: 0, state: 'sent' as const },
    { clientId: 'b', order: { ...sent, type: 'stopMarket' as const }, sentMs: 0, state: 'late' as const },
  ];
  const source = { ...nothing, orders: [stop, order], pending };
  const keysOf = (kind: 'working' | 'triggers') => orderRows(kind, source).map(({ key }) => key);
  expect(keysOf('working')).toEqual(['a', '12']);
  expect(keysOf('triggers')).toEqual(['b', '14']);
  expect(orderRows('working', source).map(stateText)).toEqual(['pending', 'partly filled']);
  expect(orderRows('triggers', source).map(stateText)).toEqual(['late: no answer yet', 'waiting']);
});

test('a pending row keeps its key when its order arrives', () => {
  const named = { ...order, clientId: 'a' };
  const pending = [
    {
      clientId: 'a',
      order: { account: 4, instrument: 'BTC-PERP', side: 'buy' as const, type: 'limit' as const, size: '1' },
      sentMs: 0,
      state: 'acknowledged' as const,
    },
  ];
  const rows = orderRows('working', { ...nothing, orders: [named], pending });
  expect(rows.map(({ key, order: known }) => [key, known?.orderId])).toEqual([['a', 12]]);
});

test('an exit says which entry it belongs to and which order falls when it fires', () => {
  const exit = { ...stop, entryOrderId: 12, role: 'stopLoss' as const };
  const take = { ...stop, orderId: 15, entryOrderId: 12, role: 'takeProfit' as const };
  expect(siblingsText(exit, [exit, take])).toBe('stop of 12 · or TP 15');
  expect(siblingsText(order, [exit, take])).toBe('');
});

const entry: OrderView = { ...order, stopLoss: { triggerTicks: 620_000, priceTicks: 0 } };

test('what an entry will place stands under it, says so, and is as large as what may fill', () => {
  const [, row] = orderRows('working', { ...nothing, orders: [entry], pending: [] });
  expect(row).toMatchObject({ key: '12/stopLoss', heldUsd: 0, siblings: 'stop of 12' });
  expect(row?.order).toMatchObject({
    side: 'sell',
    type: 'stopMarket',
    triggerTicks: 620_000,
    openLots: 15_000,
  });
  expect(row && [stateText(row), underOf(row), isUnset(row)]).toEqual(['waits for its fill', '12', false]);
  expect(orderRows('triggers', { ...nothing, orders: [entry], pending: [] })).toEqual([]);
});

test('while it is amended an entry shows the exits it could have, and each column says what it knows of them', () => {
  const rows = orderRows('working', { ...nothing, orders: [entry], pending: [], isAmending: () => true });
  expect(rows.map((row) => [row.key, stateText(row)])).toEqual([
    ['12', 'partly filled'],
    ['12/takeProfit', 'not set'],
    ['12/stopLoss', 'waits for its fill'],
  ]);
  const shown = ['terms', 'open', 'price', 'fromMark', 'queue', 'state'];
  const columns = orderColumns('working', { size: 4, price: 1 }).filter(({ id }) => shown.includes(id));
  const texts = rows.slice(1).map((row) => columns.map(({ text }) => text(row)));
  expect(texts).toEqual([
    ['TP of 12', '1.5', '', '', '', 'not set'],
    ['SL of 12', '1.5', '62000', '', '', 'waits for its fill'],
  ]);
});

test('what a waiting stop will place when it fires and fills stands under it among the triggers', () => {
  const waiting = { ...entry, type: 'stopMarket' as const, state: 'parked' as const };
  const rows = orderRows('triggers', { ...nothing, orders: [waiting], pending: [] });
  expect(rows.map(({ key, siblings }) => [key, siblings])).toEqual([
    ['12', ''],
    ['12/stopLoss', 'stop of 12'],
  ]);
});
