import { type Out, TAG } from './out.ts';

/**
 * One function per event of the hot path, lanes in the order of `protocol/events/table.ts`.
 * Positional on purpose: no object is made for an event.
 */

export function announceLedgerPosted(
  out: Out,
  debit: number,
  credit: number,
  asset: number,
  amount: number,
  reason: number,
  instrument: number,
): void {
  const at = out.open(TAG.LedgerPosted, 6);
  const { lanes } = out;
  lanes[at] = debit;
  lanes[at + 1] = credit;
  lanes[at + 2] = asset;
  lanes[at + 3] = amount;
  lanes[at + 4] = reason;
  lanes[at + 5] = instrument;
}

export function announceTraded(
  out: Out,
  instrument: number,
  tradeId: number,
  takerSide: number,
  priceTicks: number,
  lots: number,
): void {
  const at = out.open(TAG.Traded, 5);
  const { lanes } = out;
  lanes[at] = instrument;
  lanes[at + 1] = tradeId;
  lanes[at + 2] = takerSide;
  lanes[at + 3] = priceTicks;
  lanes[at + 4] = lots;
}

export function announceOrderCancelled(
  out: Out,
  op: number,
  account: number,
  instrument: number,
  orderId: number,
  remainingLots: number,
  reason: number,
): void {
  const at = out.open(TAG.OrderCancelled, 6);
  const { lanes } = out;
  lanes[at] = op;
  lanes[at + 1] = account;
  lanes[at + 2] = instrument;
  lanes[at + 3] = orderId;
  lanes[at + 4] = remainingLots;
  lanes[at + 5] = reason;
}

export function announceLevelChanged(
  out: Out,
  instrument: number,
  side: number,
  priceTicks: number,
  lots: number,
  orderCount: number,
): void {
  const at = out.open(TAG.LevelChanged, 5);
  const { lanes } = out;
  lanes[at] = instrument;
  lanes[at + 1] = side;
  lanes[at + 2] = priceTicks;
  lanes[at + 3] = lots;
  lanes[at + 4] = orderCount;
}

/** Any event that does not come by the million: its tag and its lanes. */
export function announce(out: Out, tag: number, ...values: number[]): void {
  const at = out.open(tag, values.length);
  for (let k = 0; k < values.length; k++) out.lanes[at + k] = values[k]!;
}
