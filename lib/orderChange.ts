import type { BracketLegView, OrderView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { BracketLegWire, OperationWire } from '../engine/protocol/wire/commands.ts';
import { priceText, sizeText } from './numberInput.ts';

/** What may change of an order, as the wire has it. */
export type OrderChange = Omit<
  Extract<OperationWire, { type: 'AmendOrder' }>,
  'type' | 'account' | 'instrument' | 'orderId'
>;

/** What takes a change back: the old terms of all that it names, and none of an exit that was not there. */
export function changeBack(order: OrderView, market: MarketView, change: OrderChange): OrderChange {
  const before: OrderChange = {};
  if (change.price !== undefined) before.price = priceText(order.priceTicks, market);
  if (change.triggerPrice !== undefined) before.triggerPrice = priceText(order.triggerTicks, market);
  if (change.size !== undefined) before.size = sizeText(order.openLots, market);
  for (const name of ['takeProfit', 'stopLoss'] as const) {
    const leg = order[name];
    if (change[name] !== undefined) before[name] = leg === undefined ? 'none' : bracketLegText(leg, market);
  }
  return before;
}

/** A take-profit or stop of an entry as the wire has it. */
export function bracketLegText(
  { triggerTicks, priceTicks }: BracketLegView,
  market: MarketView,
): BracketLegWire {
  const triggerPrice = priceText(triggerTicks, market);
  return priceTicks === 0 ? { triggerPrice } : { triggerPrice, price: priceText(priceTicks, market) };
}

/** Whether an operation only takes off the market: whole orders, or what an entry would have placed. */
export function onlyTakesAway(operation: OperationWire): boolean {
  const { type } = operation;
  if (type !== 'AmendOrder')
    return type === 'CancelOrder' || type === 'CancelByClientId' || type === 'CancelAll';
  const { price, size, triggerPrice, takeProfit, stopLoss } = operation;
  const isOfLegs = price === undefined && size === undefined && triggerPrice === undefined;
  const named = [takeProfit, stopLoss].filter((leg) => leg !== undefined);
  return isOfLegs && named.length > 0 && named.every((leg) => leg === 'none');
}
