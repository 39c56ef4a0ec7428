import { PPM_SCALE } from '../engine/units/rate.ts';
import { formatPercent } from './format.ts';
import type { GuardedMarket, GuardedOrder } from './guardedOrder.ts';
import { bandBaseUsd, isAtMarket, usdOf } from './worstPrice.ts';

/** How far from where it starts an order may trade, or would. */
export interface PriceAway {
  name: 'away from mark' | 'worst price' | 'worst fill';
  ppm: number;
  words: (ppm: number) => string;
}

/**
 * A limit is measured from the mark, or from the trigger it waits for; a trigger may stand as far off as it likes. What
 * fills at market now is measured by what it would take last, what waits for its trigger by the worst it may take.
 */
export function worstPriceAway(order: GuardedOrder, guarded: GuardedMarket): PriceAway | undefined {
  if (!isAtMarket(order.type)) return awayOf('away from mark', order.price, order, guarded);
  return order.triggerPrice === undefined ? fillAway(guarded) : triggeredAway(order, guarded);
}

/** The last price that a preview took from the book. */
function fillAway({ market, mark, fill }: GuardedMarket): PriceAway | undefined {
  if (fill === undefined || fill === 'unknown' || fill.filledLots === 0 || mark === undefined)
    return undefined;
  const baseUsd = bandBaseUsd(market, mark, mark.markUsdPerLot);
  if (baseUsd === undefined || baseUsd <= 0) return undefined;
  const awayUsd = Math.abs(fill.worstPriceTicks * market.usdPerTickLot - mark.markUsdPerLot);
  const of = market.kind === 'option' ? ' of the forward' : '';
  const words = (ppm: number) => `${formatPercent(ppm, 2)}${of}`;
  return { name: 'worst fill', ppm: (awayUsd / baseUsd) * PPM_SCALE, words };
}

/** Without a price of its own the engine's band is what holds it; an exit is let go so far on purpose. */
function triggeredAway(order: GuardedOrder, guarded: GuardedMarket): PriceAway | undefined {
  if (order.price !== undefined) return awayOf('worst price', order.price, order, guarded);
  if (order.isReduceOnly === true) return undefined;
  return { name: 'worst price', ppm: guarded.market.bandPpm, words: (ppm) => formatPercent(ppm) };
}

function awayOf(
  name: PriceAway['name'],
  price: string | undefined,
  { triggerPrice }: GuardedOrder,
  { market, mark }: GuardedMarket,
): PriceAway | undefined {
  const atUsd = usdOf(price, market);
  const fromUsd = triggerPrice === undefined ? mark?.markUsdPerLot : usdOf(triggerPrice, market);
  if (atUsd === undefined || fromUsd === undefined || fromUsd <= 0) return undefined;
  return { name, ppm: (Math.abs(atUsd - fromUsd) / fromUsd) * PPM_SCALE, words: (ppm) => formatPercent(ppm) };
}
