import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { bucketOf } from './ladderWindow.ts';

/** An order of ours that was sent and not yet heard of: never drawn as a fact. */
export interface SentOrder {
  side: SideName;
  priceTicks: number;
  lots: number;
}

/** Own orders of one side in one row. */
export interface OwnSize {
  lots: number;
  /** In the order they were accepted: the first of them is the first to trade. */
  orders: readonly OrderView[];
  /** Lots in front of the first of them at its price; −1 when not known. */
  lotsAhead: number;
  /** Of orders that are not acknowledged yet. */
  pendingLots: number;
}

export type OwnSizes = Record<SideName, ReadonlyMap<number, OwnSize>>;

const nothing: OwnSize = { lots: 0, orders: [], lotsAhead: -1, pendingLots: 0 };

/** Own orders by side and bucket. What waits for its trigger is not in the book. */
export function ownSizes(
  orders: readonly OrderView[],
  sent: readonly SentOrder[],
  groupTicks: number,
): OwnSizes {
  const own = { buy: new Map<number, OwnSize>(), sell: new Map<number, OwnSize>() };
  const resting = orders.filter(({ state }) => state === 'open').sort((a, b) => a.orderId - b.orderId);
  for (const order of resting) {
    const bucket = bucketOf(order.priceTicks, order.side, groupTicks);
    const before = own[order.side].get(bucket) ?? nothing;
    own[order.side].set(bucket, {
      ...before,
      lots: before.lots + order.openLots,
      orders: [...before.orders, order],
      lotsAhead: firstAhead([...before.orders, order]),
    });
  }
  for (const { side, priceTicks, lots } of sent) {
    const bucket = bucketOf(priceTicks, side, groupTicks);
    const before = own[side].get(bucket) ?? nothing;
    own[side].set(bucket, { ...before, pendingLots: before.pendingLots + lots });
  }
  return own;
}

/** Of several prices in one row the best one trades first; of one price the shortest queue. */
function firstAhead(orders: readonly OrderView[]): number {
  const [first, ...rest] = orders;
  if (first === undefined) return -1;
  const isBefore = (a: OrderView, b: OrderView) => {
    if (a.priceTicks === b.priceTicks) return a.lotsAhead >= 0 && a.lotsAhead < b.lotsAhead;
    return a.side === 'buy' ? a.priceTicks > b.priceTicks : a.priceTicks < b.priceTicks;
  };
  return rest.reduce((best, order) => (isBefore(order, best) ? order : best), first).lotsAhead;
}
