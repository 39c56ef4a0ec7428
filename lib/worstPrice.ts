import type { OrderTypeName, SideName } from '../engine/protocol/enums.ts';
import type { MarketView, MarkView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { parseDecimal } from '../engine/units/decimal.ts';
import { PPM_SCALE } from '../engine/units/rate.ts';
import { formatPercent, formatPrice } from './format.ts';
import { priceText, readPercentPpm, ticksOf } from './numberInput.ts';
import { type PriceContext, readPrice } from './priceInput.ts';

/** Where an order at market starts: the mark, or its trigger, which is the mark it will fire at. */
export interface WorstStart {
  side: SideName;
  /** Micro-USD per lot; undefined while it is not known. */
  fromUsdPerLot: number | undefined;
}

export type TypedWorst =
  | { is: 'empty' | 'unreadable' | 'waiting' }
  /** `shown` is the other of the two ways to say it: the price of a percentage, the percentage of a price. */
  | { is: 'worst'; text: string; shown: string };

/** Orders that take what is there: a price of theirs is the worst they may pay. */
export function isAtMarket(type: OrderTypeName | 'scale'): boolean {
  return type === 'market' || type === 'stopMarket' || type === 'takeMarket';
}

/** What distances are a share of, as the engine's band is: of a mark near nothing a share would be nothing. */
export function bandBaseUsd(market: MarketView, mark: MarkView | undefined, fromUsdPerLot: number) {
  return market.kind === 'option' ? mark?.indexUsdPerLot : fromUsdPerLot;
}

/** Reads the worst price of an order at market: a distance from where it starts (`1%`), a price, or nothing for none. */
export function readWorst(typed: string, start: WorstStart, context: PriceContext): TypedWorst {
  if (typed.trim() === '') return { is: 'empty' };
  const { market, mark } = context;
  const { fromUsdPerLot, side } = start;
  const ppm = readPercentPpm(typed);
  if (ppm !== undefined) {
    const baseUsd = fromUsdPerLot === undefined ? undefined : bandBaseUsd(market, mark, fromUsdPerLot);
    if (fromUsdPerLot === undefined || baseUsd === undefined) return { is: 'waiting' };
    const ticks = ticksAway(fromUsdPerLot, (baseUsd * ppm) / PPM_SCALE, side, market);
    return { is: 'worst', text: priceText(ticks, market), shown: formatPrice(ticks, market) };
  }
  const price = readPrice(typed, context);
  if (price.is !== 'decimal') return { is: price.is };
  return { is: 'worst', text: price.text, shown: distanceText(price.text, start, context) };
}

/** The last tick that is not further away, never below the lowest price. */
function ticksAway(fromUsdPerLot: number, widthUsd: number, side: SideName, market: MarketView): number {
  const { usdPerTickLot, priceTicksMax } = market;
  return side === 'buy'
    ? Math.min(priceTicksMax, Math.max(1, Math.floor((fromUsdPerLot + widthUsd) / usdPerTickLot)))
    : Math.max(1, Math.ceil((fromUsdPerLot - widthUsd) / usdPerTickLot));
}

function distanceText(text: string, { fromUsdPerLot }: WorstStart, { market, mark }: PriceContext): string {
  const ticks = ticksOf(text, market);
  const baseUsd = fromUsdPerLot === undefined ? undefined : bandBaseUsd(market, mark, fromUsdPerLot);
  if (ticks === undefined || fromUsdPerLot === undefined || !baseUsd) return '';
  return formatPercent((Math.abs(ticks * market.usdPerTickLot - fromUsdPerLot) / baseUsd) * PPM_SCALE, 2);
}

/** How far an order at market may go. */
export interface WorstLimit {
  /** Undefined: to the edge of the engine's band. */
  price: string | undefined;
  /** Nothing of it fills before its trigger. */
  isWaiting: boolean;
}

/** Undefined for what is no order at market. */
export function worstLimitOf(operation: OperationWire | undefined): WorstLimit | undefined {
  if (operation?.type !== 'PlaceOrder' || !isAtMarket(operation.order.type)) return undefined;
  const { price, triggerPrice } = operation.order;
  return { price, isWaiting: triggerPrice !== undefined };
}

/**
 * What stands where nobody wrote a worst price. What may open is held to the tolerance; what only reduces is not: an
 * exit that does not fill leaves the risk it was to end. A tolerance the engine's band is nearer than says nothing.
 *
 * @param tolerancePercent `1`; empty for none
 * @returns as a person would write it: `1%`, or empty for none
 */
export function defaultWorst(
  isReduceOnly: boolean,
  { bandPpm }: Pick<MarketView, 'bandPpm'>,
  tolerancePercent: string,
): string {
  const ppm = percentPpm(tolerancePercent);
  return isReduceOnly || ppm === undefined || ppm >= bandPpm ? '' : `${tolerancePercent}%`;
}

/** Micro-USD of a lot at a price; undefined without one and off tick. */
export function usdOf(price: string | undefined, market: MarketView): number | undefined {
  const ticks = price === undefined ? undefined : ticksOf(price, market);
  return ticks === undefined ? undefined : ticks * market.usdPerTickLot;
}

/** `0.5` percent is 5,000 ppm; undefined for what is no number. */
export function percentPpm(text: string): number | undefined {
  const scaled = parseDecimal(text, 8);
  return scaled === undefined ? undefined : scaled / 10_000;
}
