import { expect, test } from 'vitest';
import type { AccountDeltaMessage, AccountSnapshotMessage } from '../../engine/protocol/stream.ts';
import type { AccountView, FillView, OrderView } from '../../engine/protocol/views/account.ts';
import type { MarginBookView, PortfolioView, RiskSource } from '../../engine/protocol/views/marginBook.ts';
import { fromSnapshot, withDelta, withOutcomes } from './mergeAccount.ts';

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

function snapshot(seq: number, orders: OrderView[]): AccountSnapshotMessage {
  return { type: 'accountSnapshot', account: view(seq, orders), book: book('v1', true), fills: [] };
}

const start = fromSnapshot(snapshot(10, [order(1), order(2)]), undefined);

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

test('a view that says the same of the orders leaves their list as it is', () => {
  const same = withDelta(start, delta(11, { view: view(11, [order(1), order(2)]) }));
  expect(same.orders).toBe(start.orders);
  const other = withDelta(same, delta(12, { view: view(12, [order(1, { lotsAhead: 3 }), order(2)]) }));
  expect(other.orders.find(({ orderId }) => orderId === 1)?.lotsAhead).toBe(3);
});

test('an order that left is remembered by how it ended, and by how much of it was filled', () => {
  const ended = (orderId: number, state: OrderView['state']) => order(orderId, { state, openLots: 0 });
  const fill = { tradeId: 7, orderId: 2, seq: 11, lots: 3 } as FillView;
  const state = withDelta(
    start,
    delta(11, {
      orders: [ended(1, 'filled'), ended(2, 'cancelled'), ended(3, 'cancelled'), ended(4, 'cancelled')],
      fills: [fill],
      notices: [
        { orderId: 3, reason: 'expired', filledLots: 4 },
        { orderId: 4, reason: 'triggerRefused', filledLots: 0 },
      ],
    }),
  );
  expect([...state.ended]).toEqual([
    ['1', { end: 'filled', filledLots: 10 }],
    ['2', { end: 'cancelled', filledLots: 3 }],
    ['3', { end: 'expired', filledLots: 4 }],
    ['4', { end: 'refused', filledLots: 0 }],
  ]);
  expect(withDelta(state, delta(12, {})).ended).toBe(state.ended);
});

test('an order that is gone in a snapshot is being asked about until the desk says how it ended', () => {
  const known = withDelta(
    start,
    delta(11, { orders: [order(2, { state: 'filled', openLots: 0 }), order(3)] }),
  );
  const anew = fromSnapshot(snapshot(20, [order(4)]), known);
  expect([...anew.ended]).toEqual([
    ['2', { end: 'filled', filledLots: 10 }],
    ['3', { end: 'asking' }],
    ['1', { end: 'asking' }],
  ]);
  const outcome = { orderId: 1, sizeLots: 10, filledLots: 4, state: 'cancelled' as const };
  const told = withOutcomes(anew, [order(1), order(3)], [{ ...outcome, cancelReason: 'expired' }]);
  expect([told.ended.get('1'), told.ended.get('3')]).toEqual([
    { end: 'expired', filledLots: 4 },
    { end: 'unknown' },
  ]);
});

test('all ends of one message are kept, however many: a cancel of everything is told whole', () => {
  const many = Array.from({ length: 150 }, (_, index) => order(index + 1));
  const gone = many.map((each): OrderView => ({ ...each, state: 'cancelled' }));
  const state = withDelta(fromSnapshot(snapshot(10, many), undefined), delta(11, { orders: gone }));
  expect(state.ended.size).toBe(150);
});
