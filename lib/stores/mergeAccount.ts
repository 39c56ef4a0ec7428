import type { AccountDeltaMessage, AccountSnapshotMessage } from '../../engine/protocol/stream.ts';
import type { AccountView, FillView, OrderView } from '../../engine/protocol/views/account.ts';
import type { MarginBookView } from '../../engine/protocol/views/marginBook.ts';

const FILLS_KEPT = 500;

/** An account as its stream has told it so far. Immutable: each message makes the next one. */
export interface AccountState {
  view: AccountView;
  /** What the view's margin was computed from; its parameters are the last ones told. */
  book: MarginBookView;
  /** Open and parked orders, newest first. */
  orders: readonly OrderView[];
  /** Newest first. */
  fills: readonly FillView[];
  /** Sequence of the last message. */
  seq: number;
  /** Order changes newer than `view`: the follower computes views a little behind the writer. */
  ahead: readonly { seq: number; orders: readonly OrderView[] }[];
}

export function fromSnapshot({ account, book, fills }: AccountSnapshotMessage): AccountState {
  const orders = sortedOrders(account.orders);
  return { view: account, book, orders, fills: newestFirst(fills, []), seq: account.seq, ahead: [] };
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
    orders: orders === state.orders ? orders : sortedOrders(orders),
    fills: newestFirst(delta.fills, state.fills),
    seq: delta.seq,
    ahead,
  };
}

function withChange(
  orders: readonly OrderView[],
  change: { orders: readonly OrderView[] },
): readonly OrderView[] {
  const changed = new Set(change.orders.map((order) => order.orderId));
  const open = change.orders.filter((order) => order.state === 'open' || order.state === 'parked');
  return [...orders.filter((order) => !changed.has(order.orderId)), ...open];
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
