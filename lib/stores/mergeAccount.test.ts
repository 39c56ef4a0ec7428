import { expect, test } from 'vitest';
import type { AccountDeltaMessage } from '../../engine/protocol/stream.ts';
import type { AccountView, FillView, OrderView } from '../../engine/protocol/views/account.ts';
import type { MarginBookView, PortfolioView, RiskSource } from '../../engine/protocol/views/marginBook.ts';
import { fromSnapshot, withDelta } from './mergeAccount.ts';

function order(orderId: number, change: Partial<OrderView> = {}): OrderView {
  return {
    orderId,
    clientId: '',
    account: 4,
    instrument: 0,
    side: 'buy',
    type: 'limit',
    timeInForce: 'gtc',
    isPostOnly: false,
    isReduceOnly: false,
    priceTicks: 631_000,
    sizeLots: 10,
    openLots: 10,
    triggerTicks: 0,
    expiresAtMs: 0,
    acceptedSeq: orderId,
    acceptedMs: 0,
    lotsAhead: 0,
    state: 'open',
    ...change,
  };
}

/** Only what merging reads: margin and distance are carried, never looked into. */
function view(seq: number, orders: OrderView[]): AccountView {
  return { account: 4, seq, orders } as unknown as AccountView;
}

/** Parameters are told only when they changed. */
function book(version: string, hasSource: boolean): MarginBookView {
  const source = hasSource ? ({ marketUnderlying: 0 } as RiskSource) : undefined;
  return { portfolio: {} as PortfolioView, indexUsd: [], version, source };
}

function delta(seq: number, change: Partial<AccountDeltaMessage>): AccountDeltaMessage {
  return {
    type: 'accountDelta',
    account: 4,
    prevSeq: seq - 1,
    seq,
    timeMs: 0,
    orders: [],
    fills: [],
    notices: [],
    ...change,
  };
}

const start = fromSnapshot({
  type: 'accountSnapshot',
  account: view(10, [order(1), order(2)]),
  book: book('v1', true),
  fills: [],
});

test('orders are listed newest first', () => {
  expect(start.orders.map(({ orderId }) => orderId)).toEqual([2, 1]);
});

test('a filled order leaves the list and a new one joins it', () => {
  const next = withDelta(
    start,
    delta(11, { orders: [order(1, { state: 'filled', openLots: 0 }), order(3)] }),
  );
  expect(next.orders.map(({ orderId }) => orderId)).toEqual([3, 2]);
  expect(next.view).toBe(start.view);
});

test('a view that is older than a change does not bring a cancelled order back', () => {
  const cancelled = withDelta(start, delta(12, { orders: [order(2, { state: 'cancelled' })] }));
  const late = withDelta(cancelled, delta(13, { view: view(11, [order(1), order(2)]) }));
  expect(late.orders.map(({ orderId }) => orderId)).toEqual([1]);
  const caughtUp = withDelta(late, delta(14, { view: view(13, [order(1, { openLots: 4 })]) }));
  expect(caughtUp.orders.map(({ orderId, openLots }) => [orderId, openLots])).toEqual([[1, 4]]);
  expect(caughtUp.ahead).toEqual([]);
});

test('a fill told twice is one fill', () => {
  const fill = { tradeId: 7, orderId: 1, seq: 11 } as FillView;
  const once = withDelta(start, delta(11, { fills: [fill] }));
  const twice = withDelta(once, delta(12, { fills: [fill, { ...fill, tradeId: 8, seq: 12 }] }));
  expect(twice.fills.map(({ tradeId }) => tradeId)).toEqual([8, 7]);
});

test('margin parameters stay as they were last told', () => {
  const same = withDelta(start, delta(11, { view: view(11, []), book: book('v1', false) }));
  expect(same.book.source).toBe(start.book.source);
  const changed = withDelta(same, delta(12, { view: view(12, []), book: book('v2', true) }));
  expect([changed.book.version, changed.book.source === start.book.source]).toEqual(['v2', false]);
  expect(withDelta(changed, delta(13, {})).book).toBe(changed.book);
});
