import { premiumOf } from '../premium.ts';
import { type Fraction, fraction, scaled, times, truncated } from './fraction.ts';
import { QUOTE_RESOLUTION } from './subaccount.ts';

const MILLION = 1_000_000n;
const EIGHT_HOURS_S = 28_800n;

/**
 * Largest 8-hour funding rate either way: clamp factor × (initial − maintenance).
 *
 * @returns ppm
 * @see dydxprotocol/v4-chain, x/perpetuals/types/liquidity_tier.go
 * @example 2 % initial, 60 % of it maintenance, factor 6 → 4.8 %
 */
export function maxFundingPpm(initialPpm: bigint, maintenanceFractionPpm: bigint, factorPpm: bigint): bigint {
  const maintenancePpm = (initialPpm * maintenanceFractionPpm) / MILLION;
  return ((initialPpm - maintenancePpm) * factorPpm) / MILLION;
}

/** A market's price as the chain stores it: price × 10^exponent USD per coin. */
export interface StoredPrice {
  readonly price: Fraction;
  readonly exponent: number;
  readonly resolution: number;
}

/**
 * Change of the funding index: quote quantums, in millionths, that one base quantum pays for `seconds` of an 8-hour
 * rate; towards zero.
 *
 * @see dydxprotocol/v4-chain, x/perpetuals/funding
 */
export function fundingIndexDelta(market: StoredPrice, rate8hPpm: bigint, seconds: bigint): bigint {
  const quotePerBase = scaled(market.price, market.exponent + market.resolution - QUOTE_RESOLUTION);
  return truncated(times(quotePerBase, fraction(rate8hPpm * seconds, EIGHT_HOURS_S)));
}

/** A level of a book: USD per coin and coins. */
export type Level = readonly [price: number, size: number];

/**
 * Average fill of a notional that walks a side of the book, best level first.
 *
 * @returns USD per coin; undefined when the side is too thin
 */
export function impactPrice(levels: readonly Level[], notionalUsd: number): number | undefined {
  let missingUsd = notionalUsd;
  let coins = 0;
  for (const [price, size] of levels) {
    const takenUsd = Math.min(missingUsd, price * size);
    coins += takenUsd / price;
    missingUsd -= takenUsd;
    if (missingUsd <= 0) return notionalUsd / coins;
  }
  return undefined;
}

/**
 * Premium of the book over the index in ppm, towards zero. A side that cannot fill the impact notional says nothing.
 *
 * @see dydxprotocol/v4-chain, x/clob/memclob, GetPricePremium
 */
export function premiumPpm(
  book: { bids: readonly Level[]; asks: readonly Level[] },
  index: number,
  impactNotionalUsd: number,
): number {
  const impactBid = impactPrice(book.bids, impactNotionalUsd) ?? 0;
  const impactAsk = impactPrice(book.asks, impactNotionalUsd) ?? Number.POSITIVE_INFINITY;
  return Math.trunc(premiumOf({ impactBid, impactAsk, index }) * 1_000_000);
}
