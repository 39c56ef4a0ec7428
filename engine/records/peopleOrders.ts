import { OrderType } from '../protocol/enums.ts';
import type { EventOf } from '../protocol/events/table.ts';
import { clientIdText } from './clientId.ts';
import { OrderStateCode, type orders } from './schema.ts';

export type OrderRow = typeof orders.$inferSelect;

/** Reason of an order that was not cancelled. */
const NOT_CANCELLED = -1;

/** People's open orders with what has happened to them, so that an event changes a whole row without reading it. */
export class PeopleOrders {
  readonly #open = new Map<number, OrderRow>();
  /** Rows that changed since the last `take`. */
  #changed = new Map<number, OrderRow>();

  /** @param open rows that were open when the records were written last */
  constructor(open: readonly OrderRow[]) {
    for (const row of open) this.#open.set(row.orderId, row);
  }

  get changedCount(): number {
    return this.#changed.size;
  }

  accepted(event: EventOf<'OrderAccepted'>): void {
    const row: OrderRow = {
      orderId: event.orderId,
      account: event.account,
      instrument: event.instrument,
      clientId: clientIdText(event),
      side: event.side,
      type: event.type,
      timeInForce: event.timeInForce,
      flags: event.flags,
      priceTicks: event.priceTicks,
      sizeLots: event.sizeLots,
      openLots: event.sizeLots,
      filledLots: 0,
      filledTickLots: 0,
      feeUsdE6: 0,
      triggerTicks: event.triggerTicks,
      takeProfitTicks: 0,
      takeProfitLimitTicks: 0,
      stopLossTicks: 0,
      stopLossLimitTicks: 0,
      entryOrderId: 0,
      bracketRole: 0,
      expiresAtMs: event.expiresAtMs,
      acceptedSeq: event.seq,
      acceptedMs: event.timeMs,
      state: event.type > OrderType.market ? OrderStateCode.parked : OrderStateCode.open,
      endedSeq: 0,
      endedMs: 0,
      cancelReason: NOT_CANCELLED,
    };
    this.#open.set(row.orderId, row);
    this.#changed.set(row.orderId, row);
  }

  bracketSet(event: EventOf<'BracketSet'>): void {
    const row = this.#changing(event.orderId);
    if (row === undefined) return;
    row.takeProfitTicks = event.takeProfitTicks;
    row.takeProfitLimitTicks = event.takeProfitLimitTicks;
    row.stopLossTicks = event.stopLossTicks;
    row.stopLossLimitTicks = event.stopLossLimitTicks;
  }

  bracketOrderOpened(event: EventOf<'BracketOrderOpened'>): void {
    const row = this.#changing(event.orderId);
    if (row === undefined) return;
    row.entryOrderId = event.entryOrderId;
    row.bracketRole = event.role;
  }

  filled(event: EventOf<'OrderFilled'>): void {
    const row = this.#changing(event.orderId);
    if (row === undefined) return;
    row.openLots = event.remainingLots;
    row.filledLots += event.lots;
    row.filledTickLots += event.priceTicks * event.lots;
    row.feeUsdE6 += event.fee;
    if (event.remainingLots === 0) this.#end(row, OrderStateCode.filled, event.seq, event.timeMs);
  }

  amended(event: EventOf<'OrderAmended'>): void {
    const row = this.#changing(event.orderId);
    if (row === undefined) return;
    row.priceTicks = event.priceTicks;
    row.triggerTicks = event.triggerTicks;
    row.openLots = event.remainingLots;
    row.sizeLots = row.filledLots + event.remainingLots;
  }

  triggered(event: EventOf<'OrderTriggered'>): void {
    const row = this.#changing(event.orderId);
    if (row !== undefined) row.state = OrderStateCode.open;
  }

  cancelled(event: EventOf<'OrderCancelled'>): void {
    const row = this.#changing(event.orderId);
    if (row === undefined) return;
    row.openLots = 0;
    row.cancelReason = event.reason;
    this.#end(row, OrderStateCode.cancelled, event.seq, event.timeMs);
  }

  forget(accounts: ReadonlySet<number>): void {
    for (const rows of [this.#open, this.#changed]) {
      for (const [orderId, { account }] of rows) if (accounts.has(account)) rows.delete(orderId);
    }
  }

  /** Copies, because the rows go on changing while these are written. */
  take(): OrderRow[] {
    const taken = [...this.#changed.values()].map((row) => ({ ...row }));
    this.#changed = new Map();
    return taken;
  }

  /** Undefined for an order of nobody we keep. */
  #changing(orderId: number): OrderRow | undefined {
    const row = this.#open.get(orderId);
    if (row !== undefined) this.#changed.set(orderId, row);
    return row;
  }

  #end(row: OrderRow, state: number, seq: number, timeMs: number): void {
    row.state = state;
    row.endedSeq = seq;
    row.endedMs = timeMs;
    this.#open.delete(row.orderId);
  }
}
