import type { OrderView } from '../../engine/protocol/views/account.ts';
import type { OrderDraftWire } from '../../engine/protocol/wire/commands.ts';
import type { FeedFrame } from '../feed/messages.ts';
import { createKeyedStore } from './keyedStore.ts';
import { type AccountState, fromSnapshot, withDelta } from './mergeAccount.ts';

/**
 * An order that was sent and not yet heard of: drawn dashed, never as a fact. Acknowledged, it stays
 * until its order arrives on the account's stream, so that no row blinks out in between.
 */
export interface PendingOrder {
  clientId: string;
  order: OrderDraftWire;
  sentMs: number;
  /** `late`: taking longer than expected. `unknown`: the answer was lost, and the desk is asked by client id. */
  state: 'sent' | 'late' | 'unknown' | 'acknowledged';
}

export const accounts = createKeyedStore<number, AccountState>();
export const pendingOrders = createKeyedStore<number, readonly PendingOrder[]>();

export function applyAccountFrame(frame: Pick<FeedFrame, 'accounts'>): void {
  for (const message of frame.accounts) {
    if (message.type === 'accountSnapshot') {
      const { account } = message.account;
      accounts.set(account, fromSnapshot(message, accounts.latest(account)));
      dropArrived(message.account.account, message.account.orders);
      continue;
    }
    const state = accounts.latest(message.account);
    if (state === undefined) continue;
    accounts.set(message.account, withDelta(state, message));
    dropArrived(message.account, message.orders);
  }
}

export function addPending(account: number, pending: PendingOrder): void {
  pendingOrders.setNow(account, [pending, ...(pendingOrders.latest(account) ?? [])]);
}

export function markPending(account: number, clientId: string, state: PendingOrder['state']): void {
  const list = pendingOrders.latest(account) ?? [];
  // What became of a hand's order is no news of the market: it waits for no frame of those.
  pendingOrders.setNow(
    account,
    list.map((pending) => (pending.clientId === clientId ? { ...pending, state } : pending)),
  );
  dropArrived(account, accounts.latest(account)?.orders ?? []);
}

export function dropPending(account: number, clientId: string): void {
  const list = pendingOrders.latest(account) ?? [];
  pendingOrders.set(
    account,
    list.filter((pending) => pending.clientId !== clientId),
  );
}

/** An order that arrived is a fact, also when it is filled or cancelled already. */
function dropArrived(account: number, orders: readonly OrderView[]): void {
  const list = pendingOrders.latest(account);
  if (list === undefined || list.length === 0) return;
  const arrived = new Set(orders.map((order) => order.clientId));
  const left = list.filter((pending) => !arrived.has(pending.clientId));
  if (left.length !== list.length) pendingOrders.set(account, left);
}
