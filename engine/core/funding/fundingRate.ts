/** Rates and premiums are integers of 1e-9. */
export const PPB_SCALE = 1_000_000_000;

/** Interest part of the eight-hour rate and how far it may be pulled, 1e-9. */
const INTEREST_PPB = 100_000;
const PULL_PPB = 500_000;
/** An hour pays at most this share of notional, 1e-9. */
const HOUR_CAP_PPB = 40_000_000;

/**
 * The rate of eight hours: mean premium P plus the interest part pulled toward it,
 * F = P + clamp(0.01 % − P, ±0.05 %), capped so that an hour never pays over 4 %.
 *
 * @returns 1e-9; positive: longs pay
 */
export function rateOfEightHours(premiumSum: number, samples: number): number {
  if (samples === 0) return 0;
  const premium = Math.round(premiumSum / samples);
  const rate = premium + Math.min(Math.max(INTEREST_PPB - premium, -PULL_PPB), PULL_PPB);
  return Math.min(Math.max(rate, -8 * HOUR_CAP_PPB), 8 * HOUR_CAP_PPB);
}
