import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import type { ExpectedFill, GuardedMarket, GuardedOrder } from './guardedOrder.ts';
import {
  type AskedSize,
  askedSize,
  type GuardReading,
  guardReadings,
  sizeReadings,
  valueReadings,
  volumeReadings,
} from './guards.ts';
import { priceText, sizeText, ticksOf } from './numberInput.ts';
import { settings } from './settings/settingsStore.ts';
import { accounts } from './stores/accountStore.ts';
import { listing, marks, stats } from './stores/marketStore.ts';

type Amendment = Extract<OperationWire, { type: 'AmendOrder' }>;

/**
 * What the person's guards read for an operation at today's mark and volume; none for what places nothing. New terms
 * for an order are read for what they make larger: an order that is over a limit already may be moved to safety.
 *
 * @param fill what an order at market would do now
 */
export function operationGuards(operation: OperationWire, fill?: ExpectedFill): GuardReading[] {
  const terms = termsOf(operation);
  if (terms === undefined) return [];
  const { before, after, guarded } = terms;
  const read = (order: GuardedOrder) => guardReadings(order, { ...guarded, fill }, settings());
  if (before === undefined) return read(after);
  const old = new Map(read(before).map(({ name, used }) => [name, used]));
  return read(after).filter(({ name, used }) => used > (old.get(name) ?? 0));
}

/**
 * What the guards of size read for several operations at once: quantity and share of volume of each market, and the
 * value of all. None for a single one: it was read alone.
 */
export function sumGuards(operations: readonly OperationWire[]): GuardReading[] {
  const all = operations.flatMap((operation) => termsOf(operation) ?? []);
  if (all.length < 2) return [];
  const markets = [...new Set(all.map(({ guarded }) => guarded.market))].map((market) =>
    all.filter(({ guarded }) => guarded.market === market),
  );
  const ofMarkets = markets.flatMap((terms) => {
    const { guarded } = terms[0]!;
    const read = (asked: AskedSize) => [
      ...sizeReadings(asked, guarded, settings()),
      ...volumeReadings(asked, guarded, settings()),
    ];
    return terms.length < 2 ? [] : grown(terms, read);
  });
  return [...ofMarkets, ...grown(all, (asked) => valueReadings(asked, settings()))];
}

/** Readings of the sum, of those that the operations make larger. */
function grown(terms: readonly GuardedTerms[], read: (asked: AskedSize) => GuardReading[]): GuardReading[] {
  const before = terms.flatMap((each) =>
    each.before === undefined ? [] : [{ ...each, after: each.before }],
  );
  const old = new Map(read(sumOf(before)).map(({ name, used }) => [name, used]));
  return read(sumOf(terms)).filter(({ name, used }) => used > (old.get(name) ?? 0));
}

function sumOf(terms: readonly GuardedTerms[]): AskedSize {
  const sum: AskedSize = { lots: 0, valueUsd: 0, isReduceOnly: true, orderCount: terms.length };
  for (const { after, guarded } of terms) {
    const asked = askedSize(after, guarded);
    if (asked === undefined) continue;
    sum.lots += asked.lots;
    // One that cannot be valued leaves the sum unknown: what is left out of it would be a lie.
    if (asked.valueUsd === undefined || sum.valueUsd === undefined) sum.valueUsd = undefined;
    else sum.valueUsd += asked.valueUsd;
    sum.isReduceOnly &&= asked.isReduceOnly;
  }
  return sum;
}

/** The market an order operation is in; undefined for others and while the listing is not known. */
export function marketOf(operation: OperationWire): MarketView | undefined {
  const name = instrumentOf(operation);
  return listing.get('listing')?.markets.find((market) => market.name === name);
}

interface GuardedTerms {
  guarded: GuardedMarket;
  /** Of an order that stands: what it is without the operation. */
  before: GuardedOrder | undefined;
  after: GuardedOrder;
}

/** Undefined for what places nothing, and for new terms of an order that is gone. */
function termsOf(operation: OperationWire): GuardedTerms | undefined {
  const market = marketOf(operation);
  if (market === undefined) return undefined;
  const { instrument } = market;
  const guarded = { market, mark: marks.get(instrument), stats: stats.get(instrument) };
  if (operation.type !== 'AmendOrder') {
    const after = guardedOrder(operation, market);
    return after && { guarded, before: undefined, after };
  }
  const before = standingOrder(operation, market);
  if (before === undefined) return undefined;
  const { price, triggerPrice, size } = operation;
  const after = {
    ...before,
    ...(price !== undefined && { price }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(size !== undefined && { size }),
  };
  return { guarded, before, after };
}

/** A scale is guarded as one order at that of its ends which is further from the mark. */
function guardedOrder(operation: OperationWire, market: MarketView): GuardedOrder | undefined {
  if (operation.type === 'PlaceOrder') return operation.order;
  if (operation.type !== 'PlaceScale') return undefined;
  const { size, fromPrice, toPrice, isReduceOnly } = operation.scale;
  const markUsdPerLot = marks.get(market.instrument)?.markUsdPerLot ?? 0;
  const away = (price: string) =>
    Math.abs((ticksOf(price, market) ?? 0) * market.usdPerTickLot - markUsdPerLot);
  const price = away(fromPrice) > away(toPrice) ? fromPrice : toPrice;
  return { type: 'limit', size, isReduceOnly, price };
}

/** What an amendment names, as the account's own stream shows it; undefined for an order that is gone. */
function standingOrder({ account, orderId }: Amendment, market: MarketView): GuardedOrder | undefined {
  const order = accounts.get(account)?.orders.find((each) => each.orderId === orderId);
  if (order === undefined) return undefined;
  const { type, openLots, priceTicks, triggerTicks, isReduceOnly } = order;
  return {
    type,
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
