import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatDecimal } from '../engine/units/decimal.ts';
import { decimalsFor } from './format.ts';

/**
 * Numbers and times as a file or the clipboard takes them: full precision, no grouping, ASCII minus, a zone.
 * What is not known is ''.
 */

export function plainUsd(microUsd: number): string {
  return plain(microUsd, 6);
}

/** A size with its sign. */
export function plainSize(lots: number, market: MarketView): string {
  const decimals = decimalsFor(market.lotsPerUnit);
  return plain(lots * (10 ** decimals / market.lotsPerUnit), decimals);
}

export function plainPrice(ticks: number, market: MarketView): string {
  const decimals = decimalsFor(market.ticksPerUsd);
  return plain(ticks * (10 ** decimals / market.ticksPerUsd), decimals);
}

/** A mark, or an average, of a whole unit. */
export function plainMark(usdPerLot: number, market: MarketView): string {
  return plain(Math.round(usdPerLot * market.lotsPerUnit), 6);
}

/** Parts per million as a percentage: 12 345 is `1.2345`. */
export function plainPercent(ppm: number): string {
  return plain(Math.round(ppm), 4);
}

/** `2026-11-20T12:04:31.208Z`. */
export function plainTime(timeMs: number): string {
  return timeMs > 0 ? new Date(timeMs).toISOString() : '';
}

/** An amount of an asset in its smallest unit. */
export function plainAmount(amount: number, decimals: number): string {
  return plain(amount, decimals);
}

function plain(scaled: number, decimals: number): string {
  const text = formatDecimal(scaled, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
