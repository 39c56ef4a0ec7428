import type { AccountDeltaMessage, AccountSnapshotMessage } from '../../engine/protocol/stream.ts';
import type {
  AccountView,
  FillView,
  OrderOutcomeView,
  OrderView,
} from '../../engine/protocol/views/account.ts';
import type { MarginBookView } from '../../engine/protocol/views/marginBook.ts';
import { type EndedOrder, endedBy, endOf, orderKey } from '../orderEnds.ts';

const FILLS_KEPT = 500;
/** A row outlives its order only while somebody is on it. */
const ENDS_KEPT = 100;

/** An account as its stream has told it so far. Immutable: each message makes the next one. */
export interface AccountState {
  view: AccountView;
  /** What the view's margin was computed from; its parameters are the last ones told. */
  book: MarginBookView;
  /** Open and parked orders, newest first. */
  orders: readonly OrderView[];
  /** Newest first. */
  fills: readonly FillView[];
  /** How the last orders ended, by `orderKey`, oldest first. */
  ended: ReadonlyMap<string, EndedOrder>;
  /** Sequence of the last message. */
  seq: number;
  /** Order changes newer than `view`: the follower computes views a little behind the writer. */
  ahead: readonly { seq: number; orders: readonly OrderView[] }[];
}

/** @param before what was known of the account: an order that is gone since ended somehow, and the desk is asked how */
export function fromSnapshot(
  { account, book, fills }: AccountSnapshotMessage,
  before: AccountState | undefined,
): AccountState {
  const orders = sortedOrders(account.orders);
  const asked = goneSince(before, account).map((order) => [orderKey(order), { end: 'asking' }] as const);
  const ended = withLast(before?.ended ?? new Map(), asked);
  return { view: account, book, orders, fills: newestFirst(fills, []), ended, seq: account.seq, ahead: [] };
}

/** Orders that were there and no longer are. */
export function goneSince(before: AccountState | undefined, { orders }: AccountView): readonly OrderView[] {
  const here = new Set(orders.map(({ orderId }) => orderId));
  return before?.orders.filter(({ orderId }) => !here.has(orderId)) ?? [];
}

/** @param outcomes what the desk says of the orders; one that it does not name is not known to it */
export function withOutcomes(
  state: AccountState,
  orders: readonly OrderView[],
  outcomes: readonly OrderOutcomeView[],
): AccountState {
  const ends = orders.map((order): [string, EndedOrder] => {
    const outcome = outcomes.find(({ orderId }) => orderId === order.orderId);
    return [orderKey(order), (outcome && endedBy(outcome)) ?? { end: 'unknown' }];
  });
  return { ...state, ended: withLast(state.ended, ends) };
}

export function withDelta(state: AccountState, delta: AccountDeltaMessage): AccountState {
  const view = delta.view ?? state.view;
  const change = delta.orders.length > 0 ? [{ seq: delta.seq, orders: delta.orders }] : [];
  // A view older than an order change already shown must not bring the old order back.
  const ahead = [...state.ahead, ...change].filter((later) => later.seq > view.seq);
  const base = delta.view === undefined ? state.orders : delta.view.orders;
  const applied = delta.view === undefined ? change : ahead;
  const orders = applied.reduce(withChange, base);
  return {
    view,
    book:
      delta.book === undefined
        ? state.book
        : { ...delta.book, source: delta.book.source ?? state.book.source },
    orders: kept(state.orders, orders === state.orders ? orders : sortedOrders(orders)),
    fills: newestFirst(delta.fills, state.fills),
    ended: withEnds(state, delta),
    seq: delta.seq,
    ahead,
  };
}

function withEnds(
  { ended, orders: before }: AccountState,
  delta: AccountDeltaMessage,
): AccountState['ended'] {
  const finished = delta.orders.filter(({ state }) => state === 'filled' || state === 'cancelled');
  return withLast(
    ended,
    finished.map((order) => [orderKey(order), endedIn(delta, order, before)]),
  );
}

function endedIn(
  { fills, notices }: AccountDeltaMessage,
  { orderId, state, sizeLots }: OrderView,
  before: readonly OrderView[],
): EndedOrder {
  if (state === 'filled') return { end: 'filled', filledLots: sizeLots };
  const notice = notices.find((each) => each.orderId === orderId);
  if (notice !== undefined) return { end: endOf(notice.reason), filledLots: notice.filledLots };
  const known = before.find((order) => order.orderId === orderId);
  const own = fills.filter((fill) => fill.orderId === orderId);
  const filledBefore = known === undefined ? 0 : known.sizeLots - known.openLots;
  return { end: 'cancelled', filledLots: own.reduce((sum, { lots }) => sum + lots, filledBefore) };
}

function withLast(
  ended: AccountState['ended'],
  more: readonly (readonly [string, EndedOrder])[],
): AccountState['ended'] {
  // What one message tells is kept whole: who asked for it reads it next.
  const kept = Math.max(ENDS_KEPT, more.length);
  return more.length === 0 ? ended : new Map([...ended, ...more].slice(-kept));
}

function withChange(
  orders: readonly OrderView[],
  change: { orders: readonly OrderView[] },
): readonly OrderView[] {
  const changed = new Set(change.orders.map((order) => order.orderId));
  const open = change.orders.filter((order) => order.state === 'open' || order.state === 'parked');
  return [...orders.filter((order) => !changed.has(order.orderId)), ...open];
}

/** The list as it was while it says the same: a view comes four times a second, and an order seldom changes with it. */
function kept(before: readonly OrderView[], now: readonly OrderView[]): readonly OrderView[] {
  return before.length === now.length && before.every((order, index) => isSame(order, now[index]!))
    ? before
    : now;
}

function isSame(a: OrderView, b: OrderView): boolean {
  const names = Object.keys(a) as (keyof OrderView)[];
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function sortedOrders(orders: readonly OrderView[]): readonly OrderView[] {
  return [...orders].sort((a, b) => b.acceptedSeq - a.acceptedSeq || b.orderId - a.orderId);
}

function newestFirst(arrived: readonly FillView[], before: readonly FillView[]): readonly FillView[] {
  if (arrived.length === 0) return before;
  const known = new Set(before.map(fillKey));
  const fresh = arrived.filter((fill) => !known.has(fillKey(fill)));
  return [...fresh, ...before].sort((a, b) => b.seq - a.seq || b.tradeId - a.tradeId).slice(0, FILLS_KEPT);
}

/** Both sides of a self-trade carry one trade id, so the order belongs to the key. */
function fillKey(fill: FillView): string {
  return `${fill.tradeId}/${fill.orderId}`;
}
