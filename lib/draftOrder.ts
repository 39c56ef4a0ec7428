import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire, OrderDraftWire, ScaleDraftWire } from '../engine/protocol/wire/commands.ts';
import { MINUTE_MS } from '../engine/units/time.ts';
import { type LegName, readLeg, type TypedLeg } from './bracketInput.ts';
import { readNumber, ticksOf } from './numberInput.ts';
import { markTicks, type PriceContext, readPrice } from './priceInput.ts';
import { readSize } from './sizeInput.ts';
import type { Draft } from './stores/draftStore.ts';
import { defaultWorst, isAtMarket, readWorst, type TypedWorst } from './worstPrice.ts';

export type DraftField =
  | 'size'
  | 'price'
  | 'triggerPrice'
  | 'worstPrice'
  | 'lifeMinutes'
  | 'toPrice'
  | 'count'
  | 'sizeRatio'
  | LegName;

export type PlacedOperation = Extract<OperationWire, { type: 'PlaceOrder' | 'PlaceScale' }>;

/** The draft as the wire writes it, or the first field that is missing, cannot be read or waits for a number. */
export type DraftReading =
  | { is: 'operation'; operation: PlacedOperation }
  | { is: 'missing' | 'unreadable' | 'waiting'; field: DraftField };

/** What a draft is read against. */
export interface DraftContext extends PriceContext {
  account: number;
  /** Positive is long. */
  positionLots: number;
  mostLots: number | undefined;
  /** How far from where it starts an order at market may fill when nobody says otherwise; empty for any distance. */
  tolerancePercent: string;
  /** Engine time, for an order with a life. */
  nowMs: number;
}

export function hasLimit({ type }: Pick<Draft, 'type'>): boolean {
  return type === 'limit' || type === 'stopLimit' || type === 'takeLimit';
}

export function hasTrigger({ type }: Pick<Draft, 'type'>): boolean {
  return type.startsWith('stop') || type.startsWith('take');
}

/** Reduce-only orders open nothing that a bracket could close, and a scale is several entries. */
export function hasBracket({ type, isReduceOnly }: Pick<Draft, 'type' | 'isReduceOnly'>): boolean {
  return type !== 'scale' && !isReduceOnly;
}

/**
 * Reads what was typed into an operation. Whether the numbers are on tick, in band and affordable is the
 * engine's to say: they travel as written.
 */
export function readDraft(draft: Draft, context: DraftContext): DraftReading {
  try {
    const operation: PlacedOperation =
      draft.type === 'scale'
        ? { type: 'PlaceScale', scale: scaleOf(draft, context) }
        : { type: 'PlaceOrder', order: orderOf(draft, draft.type, context) };
    return { is: 'operation', operation };
  } catch (error) {
    if (error instanceof Unread) return error.reading;
    throw error;
  }
}

/** A field that stops the reading: thrown, so that the fields read one after another as they are written. */
class Unread extends Error {
  readonly reading: Exclude<DraftReading, { is: 'operation' }>;

  constructor(is: 'empty' | 'unreadable' | 'waiting', field: DraftField) {
    super(field);
    this.reading = { is: is === 'empty' ? 'missing' : is, field };
  }
}

function orderOf(draft: Draft, type: OrderDraftWire['type'], context: DraftContext): OrderDraftWire {
  const isLimit = hasLimit(draft);
  const triggerPrice = hasTrigger(draft) ? priceIn(draft.triggerText, 'triggerPrice', context) : undefined;
  const limit = isLimit ? priceIn(draft.priceText, 'price', context) : undefined;
  const price = limit ?? worstIn(draft, triggerPrice, context);
  const size = sizeIn(draft, limit ?? triggerPrice, context);
  const order: OrderDraftWire = { ...headOf(draft, context), type, size };
  if (price !== undefined) order.price = price;
  if (triggerPrice !== undefined) order.triggerPrice = triggerPrice;
  if (isLimit) order.timeInForce = draft.timeInForce;
  if (isLimit && draft.timeInForce === 'gtt') {
    const minutes = Number(numberIn(draft.lifeMinutesText, 'lifeMinutes'));
    order.expiresAtMs = context.nowMs + Math.floor(minutes * MINUTE_MS);
  }
  if (isLimit && draft.isPostOnly) order.isPostOnly = true;
  for (const name of ['takeProfit', 'stopLoss'] as const) {
    const leg = legOf(draft, name, context);
    if (leg.is === 'leg') order[name] = leg.leg;
    else if (leg.is !== 'empty') throw new Unread(leg.is, name);
  }
  return order;
}

function scaleOf(draft: Draft, context: DraftContext): ScaleDraftWire {
  const fromPrice = priceIn(draft.priceText, 'price', context);
  const toPrice = priceIn(draft.toPriceText, 'toPrice', context);
  const count = Number(numberIn(draft.countText, 'count'));
  if (!Number.isInteger(count) || count < 2 || count > 40) throw new Unread('unreadable', 'count');
  const scale: ScaleDraftWire = {
    ...headOf(draft, context),
    size: sizeIn(draft, fromPrice, context),
    fromPrice,
    toPrice,
    count,
  };
  const sizeRatio = numberIn(draft.ratioText, 'sizeRatio');
  if (sizeRatio !== '1') scale.sizeRatio = sizeRatio;
  if (draft.isPostOnly) scale.isPostOnly = true;
  return scale;
}

function headOf(draft: Draft, { account, market }: DraftContext) {
  const head: Pick<OrderDraftWire, 'account' | 'instrument' | 'side' | 'isReduceOnly' | 'selfTrade'> = {
    account,
    instrument: market.name,
    side: draft.side,
  };
  if (draft.isReduceOnly) head.isReduceOnly = true;
  // What the engine does anyway needs no words.
  if (draft.selfTrade !== 'expireTaker') head.selfTrade = draft.selfTrade;
  return head;
}

/** What the ticket says of the worst price; what nobody wrote there is the default. */
export function worstTextOf(
  draft: Pick<Draft, 'worstText' | 'isReduceOnly'>,
  market: MarketView,
  tolerancePercent: string,
): string {
  return draft.worstText ?? defaultWorst(draft.isReduceOnly, market, tolerancePercent);
}

/** The worst price as the ticket stands, measured from the mark or from the trigger. */
export function worstOf(draft: Draft, triggerPrice: string | undefined, context: DraftContext): TypedWorst {
  const { market, mark, tolerancePercent } = context;
  const triggerTicks = triggerPrice === undefined ? undefined : ticksOf(triggerPrice, market);
  const triggerUsdPerLot = triggerTicks && triggerTicks * market.usdPerTickLot;
  const fromUsdPerLot = hasTrigger(draft) ? triggerUsdPerLot : mark?.markUsdPerLot;
  return readWorst(
    worstTextOf(draft, market, tolerancePercent),
    { side: draft.side, fromUsdPerLot },
    context,
  );
}

/** @param triggerPrice of an order that has one */
function worstIn(draft: Draft, triggerPrice: string | undefined, context: DraftContext): string | undefined {
  if (!isAtMarket(draft.type)) return undefined;
  const worst = worstOf(draft, triggerPrice, context);
  if (worst.is === 'empty') return undefined;
  if (worst.is !== 'worst') throw new Unread(worst.is, 'worstPrice');
  return worst.text;
}

/** A take-profit or stop as the ticket stands, measured from its limit, its trigger or the mark. */
export function legOf(draft: Draft, name: LegName, context: PriceContext): TypedLeg {
  if (!hasBracket(draft)) return { is: 'empty' };
  const typed = name === 'takeProfit' ? draft.takeProfitText : draft.stopLossText;
  return readLeg(typed, name, { side: draft.side, entryTicks: entryTicksOf(draft, context) }, context);
}

function entryTicksOf(draft: Draft, context: PriceContext): number | undefined {
  const typed = hasLimit(draft) ? draft.priceText : hasTrigger(draft) ? draft.triggerText : undefined;
  if (typed === undefined) return context.mark && markTicks(context.mark, context.market);
  const price = readPrice(typed, context);
  return price.is === 'decimal' ? ticksOf(price.text, context.market) : undefined;
}

function sizeIn(draft: Draft, priceText: string | undefined, context: DraftContext): string {
  const size = readSize(draft.sizeText, sizeContext(draft, priceText, context));
  if (size.is !== 'decimal') throw new Unread(size.is, 'size');
  return size.text;
}

/** @param priceText the price of the order; without one a lot costs the mark */
export function sizeContext(draft: Draft, priceText: string | undefined, context: DraftContext) {
  const { market, mark, positionLots, mostLots } = context;
  const ticks = priceText === undefined ? undefined : ticksOf(priceText, market);
  const usdPerLot = ticks === undefined ? mark?.markUsdPerLot : ticks * market.usdPerTickLot;
  return { market, usdPerLot, positionLots, mostLots, isReduceOnly: draft.isReduceOnly };
}

function priceIn(typed: string, field: DraftField, context: PriceContext): string {
  const price = readPrice(typed, context);
  if (price.is !== 'decimal') throw new Unread(price.is, field);
  return price.text;
}

function numberIn(typed: string, field: DraftField): string {
  const number = readNumber(typed);
  if (number.is !== 'decimal') throw new Unread(number.is, field);
  return number.text;
}
