import { clientIdText } from '../../api/native/clientId.ts';
import {
  BracketRole,
  CancelReason,
  nameOf,
  OrderFlag,
  OrderType,
  Side,
  TimeInForce,
} from '../../protocol/enums.ts';
import { eventAt, walkEvents } from '../../protocol/events/read.ts';
import { type EngineEvent, type EventOf, eventTags } from '../../protocol/events/table.ts';
import type { AccountDeltaMessage } from '../../protocol/stream.ts';
import type { FillView, OrderOutcomeView, OrderView } from '../../protocol/views/account.ts';
import { limits } from '../limits.ts';

/** What one group of commands did to an account's orders. */
export type AccountChange = Pick<AccountDeltaMessage, 'orders' | 'fills' | 'notices'>;

/** Tags of the events that change an order, with the lane that names its account. */
const ACCOUNT_LANE: Readonly<Record<number, number>> = {
  [eventTags.OrderAccepted]: 1,
  [eventTags.OrderFilled]: 0,
  [eventTags.OrderAmended]: 1,
  [eventTags.OrderCancelled]: 1,
  [eventTags.OrderTriggered]: 0,
  [eventTags.BracketSet]: 0,
  [eventTags.BracketOrderOpened]: 0,
};

type OrderEvent = Extract<
  EngineEvent,
  {
    kind:
      | 'OrderAccepted'
      | 'OrderFilled'
      | 'OrderAmended'
      | 'OrderCancelled'
      | 'OrderTriggered'
      | 'BracketSet'
      | 'BracketOrderOpened';
  }
>;

/**
 * People's orders as durable events tell them: what is open, what became of the rest, and the last fills.
 * Views are replaced, never changed, so whoever holds one holds what was true then.
 */
export class PeopleOrders {
  #accounts: ReadonlySet<number> = new Set();
  readonly #orders = new Map<number, OrderView>();
  readonly #orderIdByClientId = new Map<string, number>();
  /** Order ids in the order they ended: the oldest are forgotten. */
  #finished: number[] = [];
  /** A cancelled order's view no longer says what was filled before. */
  readonly #cancelled = new Map<number, OrderOutcomeView>();
  readonly #fills = new Map<number, FillView[]>();

  /** @param open orders that were open when the desk recovered */
  seed(open: readonly OrderView[]): void {
    for (const order of open) this.#keep(order);
  }

  /** When an order was accepted that this process did not see come. */
  date(orderId: number, acceptedMs: number): void {
    const order = this.#orders.get(orderId);
    if (order !== undefined && order.acceptedMs === 0) this.#orders.set(orderId, { ...order, acceptedMs });
  }

  /** Accounts of people. */
  get accounts(): ReadonlySet<number> {
    return this.#accounts;
  }

  follow(accounts: ReadonlySet<number>): void {
    this.#accounts = accounts;
  }

  order(orderId: number): OrderView | undefined {
    return this.#orders.get(orderId);
  }

  /** The last order an account placed under a client id, whatever became of it. */
  orderByClientId(account: number, clientId: string): OrderView | undefined {
    const orderId = this.#orderIdByClientId.get(`${account}/${clientId}`);
    return orderId === undefined ? undefined : this.#orders.get(orderId);
  }

  /** What became of an order of an account so far. */
  outcomeOf(account: number, orderId: number): OrderOutcomeView | undefined {
    const order = this.#orders.get(orderId);
    if (order?.account !== account) return undefined;
    return this.#cancelled.get(orderId) ?? outcomeOf(order, order.sizeLots - order.openLots, '');
  }

  /** Newest first. */
  fillsOf(account: number): readonly FillView[] {
    return this.#fills.get(account) ?? [];
  }

  /** @returns what the group changed, by account */
  apply(lanes: Float64Array): Map<number, AccountChange> {
    const changes = new Map<number, AccountChange>();
    walkEvents(lanes, 0, lanes.length, (tag, at, seq, timeMs) => {
      const lane = ACCOUNT_LANE[tag];
      if (lane === undefined) return;
      const account = lanes[at + lane]!;
      if (!this.#accounts.has(account)) return;
      let change = changes.get(account);
      if (change === undefined) {
        change = { orders: [], fills: [], notices: [] };
        changes.set(account, change);
      }
      this.#applyEvent(eventAt(lanes, tag, at, seq, timeMs) as OrderEvent, change);
    });
    return changes;
  }

  #applyEvent(event: OrderEvent, change: AccountChange): void {
    const next = this.#nextView(event);
    if (event.kind === 'OrderFilled') this.#addFill(fillOf(event), change);
    if (event.kind === 'OrderCancelled') {
      const { orderId } = event;
      const reason = nameOf(CancelReason, event.reason);
      const filledLots = next === undefined ? 0 : next.sizeLots - event.remainingLots;
      if (reason !== 'requested') change.notices.push({ orderId, reason, filledLots });
      if (next !== undefined) this.#cancelled.set(orderId, outcomeOf(next, filledLots, reason));
    }
    if (next === undefined) return;
    this.#keep(next);
    // One view an order and group: the last one holds everything.
    const place = change.orders.findIndex(({ orderId }) => orderId === next.orderId);
    if (place < 0) change.orders.push(next);
    else change.orders[place] = next;
  }

  #nextView(event: OrderEvent): OrderView | undefined {
    if (event.kind === 'OrderAccepted') return acceptedView(event);
    const before = this.#orders.get(event.orderId);
    if (before === undefined) return undefined;
    switch (event.kind) {
      case 'OrderFilled': {
        const state = event.remainingLots === 0 ? 'filled' : 'open';
        // A resting order that is filled stands first at its price.
        return { ...before, openLots: event.remainingLots, state, lotsAhead: 0 };
      }
      case 'OrderAmended': {
        const { priceTicks, triggerTicks } = event;
        const sizeLots = before.sizeLots - before.openLots + event.remainingLots;
        // At a new price it stands behind others: unknown until the follower has looked at the queue.
        const lotsAhead = event.keptPriority === 1 ? before.lotsAhead : -1;
        return { ...before, priceTicks, triggerTicks, openLots: event.remainingLots, sizeLots, lotsAhead };
      }
      case 'OrderCancelled':
        return { ...before, openLots: 0, state: 'cancelled', lotsAhead: 0 };
      case 'OrderTriggered':
        return { ...before, state: 'open' };
      case 'BracketSet':
        return { ...before, ...legsOf(event) };
      case 'BracketOrderOpened':
        return { ...before, entryOrderId: event.entryOrderId, role: nameOf(BracketRole, event.role) };
    }
  }

  #keep(order: OrderView): void {
    const before = this.#orders.get(order.orderId);
    this.#orders.set(order.orderId, order);
    if (order.clientId !== '')
      this.#orderIdByClientId.set(`${order.account}/${order.clientId}`, order.orderId);
    if (!hasEnded(order) || (before !== undefined && hasEnded(before))) return;
    this.#finished.push(order.orderId);
    if (this.#finished.length > limits.orders.finishedKept * 1.25) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const surplus = this.#finished.length - limits.orders.finishedKept;
    for (const orderId of this.#finished.slice(0, surplus)) {
      const order = this.#orders.get(orderId);
      this.#orders.delete(orderId);
      this.#cancelled.delete(orderId);
      if (order === undefined) continue;
      const key = `${order.account}/${order.clientId}`;
      if (this.#orderIdByClientId.get(key) === orderId) this.#orderIdByClientId.delete(key);
    }
    this.#finished = this.#finished.slice(surplus);
  }

  #addFill(fill: FillView, change: AccountChange): void {
    change.fills.push(fill);
    const fills = this.#fills.get(fill.account) ?? [];
    this.#fills.set(fill.account, [fill, ...fills].slice(0, limits.orders.fillsKeptPerAccount));
  }
}

function outcomeOf(
  { orderId, state, sizeLots }: OrderView,
  filledLots: number,
  cancelReason: OrderOutcomeView['cancelReason'],
): OrderOutcomeView {
  return { orderId, state, sizeLots, filledLots, cancelReason };
}

function hasEnded({ state }: OrderView): boolean {
  return state === 'filled' || state === 'cancelled';
}

/** A leg that was given up is undefined, so that it is gone from the view. */
function legsOf(event: EventOf<'BracketSet'>): Pick<OrderView, 'takeProfit' | 'stopLoss'> {
  const { takeProfitTicks, takeProfitLimitTicks, stopLossTicks, stopLossLimitTicks } = event;
  const leg = (triggerTicks: number, priceTicks: number) =>
    triggerTicks === 0 ? undefined : { triggerTicks, priceTicks };
  return {
    takeProfit: leg(takeProfitTicks, takeProfitLimitTicks),
    stopLoss: leg(stopLossTicks, stopLossLimitTicks),
  };
}

function acceptedView(event: EventOf<'OrderAccepted'>): OrderView {
  const isParked = event.type > OrderType.market;
  return {
    orderId: event.orderId,
    clientId: clientIdText(event),
    account: event.account,
    instrument: event.instrument,
    side: nameOf(Side, event.side),
    type: nameOf(OrderType, event.type),
    timeInForce: nameOf(TimeInForce, event.timeInForce),
    isPostOnly: (event.flags & OrderFlag.postOnly) !== 0,
    isReduceOnly: (event.flags & OrderFlag.reduceOnly) !== 0,
    priceTicks: event.priceTicks,
    sizeLots: event.sizeLots,
    openLots: event.sizeLots,
    triggerTicks: event.triggerTicks,
    expiresAtMs: event.expiresAtMs,
    acceptedSeq: event.seq,
    acceptedMs: event.timeMs,
    // Unknown until the follower has looked at the queue.
    lotsAhead: -1,
    state: isParked ? 'parked' : 'open',
  };
}

function fillOf(event: EventOf<'OrderFilled'>): FillView {
  return {
    tradeId: event.tradeId,
    orderId: event.orderId,
    account: event.account,
    instrument: event.instrument,
    side: nameOf(Side, event.side),
    priceTicks: event.priceTicks,
    lots: event.lots,
    isMaker: event.isMaker === 1,
    feeUsd: event.fee,
    realizedPnlUsd: event.realizedPnl,
    seq: event.seq,
    timeMs: event.timeMs,
  };
}
