import type { CancelReasonName } from '../engine/protocol/enums.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { OrderOutcomeView, OrderView } from '../engine/protocol/views/account.ts';

/** How an order ended: all of it traded, somebody or a rule took it off, its time was over, or its trigger fired in vain. */
export type OrderEnd = 'filled' | 'cancelled' | 'expired' | 'refused';

/** An order that left the list. One that left while nobody listened is asked about; the desk may not know either. */
export interface EndedOrder {
  end: OrderEnd | 'asking' | 'unknown';
  /** Undefined while it is not known. */
  filledLots?: number;
}

/** An order that asked for so many minutes, or for one moment, was not cancelled when they are over. */
export function endOf(reason: CancelReasonName): OrderEnd {
  if (reason === 'triggerRefused') return 'refused';
  return reason === 'expired' || reason === 'iocRemainder' ? 'expired' : 'cancelled';
}

/** Undefined while the order still works. */
export function endedBy({ state, filledLots, cancelReason }: OrderOutcomeView): EndedOrder | undefined {
  if (state !== 'filled' && state !== 'cancelled') return undefined;
  const end = state === 'filled' ? 'filled' : endOf(cancelReason === '' ? 'requested' : cancelReason);
  return { end, filledLots };
}

/** `filled`, `expired unfilled`, `partly filled, the rest cancelled`. */
export function outcomeWords({ state, filledLots, cancelReason }: OrderOutcomeView): string {
  if (state === 'filled') return 'filled';
  return restWords(filledLots, cancelReason === '' ? 'requested' : cancelReason);
}

/** What a row of an order is known by: its own id for it, which it has before the engine answers. */
export function orderKey({ clientId, orderId }: Pick<OrderView, 'clientId' | 'orderId'>): string {
  return clientId === '' ? String(orderId) : clientId;
}

type Placed = Exclude<OperationResult, { status: 'refused' }>;

/** `partly filled, the rest expired`; undefined while something of it works, and when all of it was filled. */
export function endWords({ endReason, openLots, filledLots }: Placed): string | undefined {
  if (endReason === undefined || openLots > 0) return undefined;
  return restWords(filledLots, endReason);
}

function restWords(filledLots: number, reason: CancelReasonName): string {
  const end = endOf(reason);
  return filledLots > 0 ? `partly filled, the rest ${end}` : `${end} unfilled`;
}
