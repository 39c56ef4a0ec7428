import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { type GuardedOrder, type GuardReading, guardReadings } from './guards.ts';
import { priceText, sizeText, ticksOf } from './numberInput.ts';
import { settings } from './settings/settingsStore.ts';
import { accounts } from './stores/accountStore.ts';
import { listing, marks, stats } from './stores/marketStore.ts';

type Amendment = Extract<OperationWire, { type: 'AmendOrder' }>;

/**
 * What the person's guards read for an operation at today's mark and volume; none for what places nothing. New terms
 * for an order are read for what they make larger: an order that is over a limit already may be moved to safety.
 */
export function operationGuards(operation: OperationWire): GuardReading[] {
  const market = marketOf(operation);
  if (market === undefined) return [];
  const { instrument } = market;
  const inputs = { market, mark: marks.get(instrument), stats: stats.get(instrument) };
  const read = (order: GuardedOrder | undefined) =>
    order === undefined ? [] : guardReadings(order, inputs, settings().guards);
  if (operation.type !== 'AmendOrder') return read(guardedOrder(operation, market));
  const before = standingOrder(operation, market);
  if (before === undefined) return [];
  const { price, triggerPrice, size } = operation;
  const old = new Map(read(before).map(({ name, used }) => [name, used]));
  const after = {
    ...before,
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(size !== undefined && { size }),
  };
  return read(after).filter(({ name, used }) => used > (old.get(name) ?? 0));
}

/** The market an order operation is in; undefined for others and while the listing is not known. */
export function marketOf(operation: OperationWire): MarketView | undefined {
  const name = instrumentOf(operation);
  return listing.get('listing')?.markets.find((market) => market.name === name);
}

/** A scale is guarded as one order at that of its ends which is further from the mark. */
function guardedOrder(operation: OperationWire, market: MarketView): GuardedOrder | undefined {
  if (operation.type === 'PlaceOrder') return operation.order;
  if (operation.type !== 'PlaceScale') return undefined;
  const { size, fromPrice, toPrice, isReduceOnly } = operation.scale;
  const markUsdPerLot = marks.get(market.instrument)?.markUsdPerLot ?? 0;
  const away = (price: string) =>
    Math.abs((ticksOf(price, market) ?? 0) * market.usdPerTickLot - markUsdPerLot);
  return { size, isReduceOnly, price: away(fromPrice) > away(toPrice) ? fromPrice : toPrice };
}

/** What an amendment names, as the account's own stream shows it; undefined for an order that is gone. */
function standingOrder(
  { account, orderId }: Amendment,
  market: MarketView,
): (GuardedOrder & { size: string }) | undefined {
  const order = accounts.get(account)?.orders.find((each) => each.orderId === orderId);
  if (order === undefined) return undefined;
  const { openLots, priceTicks, triggerTicks, isReduceOnly } = order;
  return {
    size: sizeText(openLots, market),
    isReduceOnly,
    ...(priceTicks > 0 && { price: priceText(priceTicks, market) }),
    ...(triggerTicks > 0 && { triggerPrice: priceText(triggerTicks, market) }),
  };
}

function instrumentOf(operation: OperationWire): string | undefined {
  if (operation.type === 'PlaceOrder') return operation.order.instrument;
  if (operation.type === 'PlaceScale') return operation.scale.instrument;
  return operation.type === 'AmendOrder' ? operation.instrument : undefined;
}
