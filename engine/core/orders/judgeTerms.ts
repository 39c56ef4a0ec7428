import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { InstrumentKind, OrderFlag, OrderType, TimeInForce } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import type { State } from '../state.ts';

/** A mark older than this is not traded on: only cancels pass. */
export const ORACLE_AGE_MS_MAX = 10_000;

export function isTriggerType(type: number): boolean {
  return type >= OrderType.stopMarket;
}

export function isMarketType(type: number): boolean {
  return type === OrderType.market || type === OrderType.stopMarket || type === OrderType.takeMarket;
}

/** Whether a trigger order waits for the mark to rise: stops of buyers and takes of sellers do. */
export function firesOnRise(type: number, side: number): boolean {
  const isStop = type === OrderType.stopMarket || type === OrderType.stopLimit;
  return isStop === (side === 0);
}

/**
 * Terms that contradict each other, whatever the market does. A market order cannot rest, a post-only
 * order must, an expiry belongs to gtt and a trigger to stop and take orders.
 */
export function areTermsInConflict(c: PlaceOrder): boolean {
  const isMarket = isMarketType(c.type);
  const isImmediate = c.timeInForce === TimeInForce.ioc || c.timeInForce === TimeInForce.fok;
  const isPostOnly = (c.flags & OrderFlag.postOnly) !== 0;
  if (isMarket && (!isImmediate || isPostOnly)) return true;
  if (isPostOnly && isImmediate) return true;
  if (isTriggerType(c.type) !== (c.triggerTicks !== 0)) return true;
  return (c.timeInForce === TimeInForce.gtt) !== (c.expiresAtMs !== 0);
}

/** Whether the mark of an instrument is missing or too old to trade on. */
export function isMarkStale(state: State, instrument: number): boolean {
  // One that never had a mark has the age of the epoch; a mark of 0 is an option that is worth nothing.
  const { markTimeMs } = state.instruments.columns;
  return state.globals.columns.timeMs[0]! - markTimeMs[instrument]! > ORACLE_AGE_MS_MAX;
}

/**
 * The worst price the band around the mark allows on a side, in ticks inside the band. An option's band is a
 * share of its forward: of a mark near nothing it would be nothing.
 */
export function bandEdge(state: State, instrument: number, side: number): number {
  return priceAway(state, instrument, side, state.instruments.columns.bandPpm[instrument]!);
}

/**
 * The worst price on a side that is no further from the mark than a share of it, nor outside the band.
 *
 * @param distancePpm of what the band is a share of; 0: the band's edge
 * @returns ticks inside the distance; 0 where not even one tick is: nothing may be bought
 */
export function priceCap(state: State, instrument: number, side: number, distancePpm: number): number {
  const band = state.instruments.columns.bandPpm[instrument]!;
  return priceAway(state, instrument, side, distancePpm === 0 ? band : Math.min(distancePpm, band));
}

function priceAway(state: State, instrument: number, side: number, distancePpm: number): number {
  const { kind, mark, index, usdPerTickLot, priceTicksMax } = state.instruments.columns;
  const isOption = kind[instrument] === InstrumentKind.option;
  const width = ((isOption ? index : mark)[instrument]! * distancePpm) / PPM_SCALE;
  const edge = side === 0 ? mark[instrument]! + width : mark[instrument]! - width;
  const ticks = edge / usdPerTickLot[instrument]!;
  return side === 0 ? Math.min(Math.floor(ticks), priceTicksMax[instrument]!) : Math.max(Math.ceil(ticks), 1);
}

/** Judges a limit price and size against the instrument's bounds and the band: notional first, then the band. */
export function judgePrice(state: State, instrument: number, ticks: number, lots: number): number {
  const { notionalMin, usdPerTickLot } = state.instruments.columns;
  if (ticks * lots * usdPerTickLot[instrument]! < notionalMin[instrument]!)
    return refusal['order.notionalTooSmall'];
  return judgeBand(state, instrument, ticks);
}

/** Judges a limit price against the band around the mark. */
export function judgeBand(state: State, instrument: number, ticks: number): number {
  const isInside = ticks <= bandEdge(state, instrument, 0) && ticks >= bandEdge(state, instrument, 1);
  return isInside ? OK : refusal['order.priceOutOfBand'];
}

/** Whether an order can open or grow nothing, whatever happens before it fills: reduce-only, or a sale of coins. */
export function canOnlyReduce(state: State, instrument: number, side: number, flags: number): boolean {
  if ((flags & OrderFlag.reduceOnly) !== 0) return true;
  return side === 1 && state.instruments.columns.kind[instrument] === InstrumentKind.spot;
}
