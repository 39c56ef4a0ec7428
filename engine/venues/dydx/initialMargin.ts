import { ceilingOf, clampedToUnit, type Fraction, fraction, plus, times } from './fraction.ts';

const MILLION = 1_000_000n;

/** Where the requirement starts to grow with open interest and where it reaches everything; quote quantums. */
export interface OpenInterestCaps {
  readonly lower: bigint;
  /** 0: the requirement does not grow. */
  readonly upper: bigint;
}

/**
 * Initial margin fraction: the tier's own up to the lower cap of open interest, growing linearly to 100 % at the upper.
 *
 * @param openInterest quote quantums at the oracle price
 * @see dydxprotocol/v4-chain, x/perpetuals/types/liquidity_tier.go
 */
export function initialFraction(
  baseFraction: Fraction,
  openInterest: bigint,
  caps: OpenInterestCaps,
): Fraction {
  if (caps.upper === 0n || openInterest <= caps.lower) return baseFraction;
  if (openInterest >= caps.upper) return fraction(1n);
  const way = fraction(openInterest - caps.lower, caps.upper - caps.lower);
  const rest = { ...baseFraction, numerator: baseFraction.denominator - baseFraction.numerator };
  return clampedToUnit(plus(baseFraction, times(way, rest)));
}

/**
 * Initial margin of a notional, quote quantums, rounded up.
 *
 * @example 20 %, notional 500,000, open interest past the upper cap → 500,000
 */
export function initialMargin(
  notional: bigint,
  initialMarginPpm: bigint,
  openInterest: bigint,
  caps: OpenInterestCaps,
): bigint {
  const share = initialFraction(fraction(initialMarginPpm, MILLION), openInterest, caps);
  return ceilingOf(times(fraction(notional), share));
}
