import type { AccountView, OrderView } from '../../../../engine/protocol/views/account.ts';

/** Orders that only reduce, of a market in which there is nothing left to reduce. */
export interface LeftOrders {
  instrument: number;
  orderIds: readonly number[];
}

/**
 * What stayed behind when positions were closed: a stop of a position that is flat waits on, and would close one of the
 * same side that comes later. A bracket's own orders have ended with what they closed and are not among them.
 *
 * @param before the same account as it was shown last; undefined before the first look, of which nothing is said
 */
export function leftOrders(
  before: AccountView | undefined,
  after: AccountView,
  orders: readonly OrderView[],
): LeftOrders[] {
  if (before?.account !== after.account) return [];
  const held = new Set(after.positions.map(({ instrument }) => instrument));
  return before.positions.flatMap(({ instrument }) => {
    if (held.has(instrument)) return [];
    const left = orders.filter((order) => order.instrument === instrument && order.isReduceOnly);
    return left.length === 0 ? [] : [{ instrument, orderIds: left.map(({ orderId }) => orderId) }];
  });
}
