import { clamp } from '../premium.ts';

/** How safe the venue takes a contract to be, safest first. */
export type ContractTier = 'A' | 'B' | 'C' | 'Speculative' | 'HighlySpeculative' | 'Isolated';

/** The rate contains 1/5,000 of the oracle a day: 7.3 % a year paid by longs of a quiet market. */
const OFFSET_DIVISOR = 5_000;
const HOURS_PER_DAY = 24;
const SECONDS_PER_HOUR = 3_600;

/** How far the marks may be apart for funding: a 33rd of the oracle for A and B, a 20th for C, a 10th for the rest. */
export function divergenceDivisor(tier: ContractTier): number {
  switch (tier) {
    case 'A':
    case 'B':
      return 33;
    case 'C':
      return 20;
    case 'Speculative':
    case 'HighlySpeculative':
    case 'Isolated':
      return 10;
  }
}

/**
 * Funding of one period per coin: (mark TWAP − oracle TWAP + oracle ÷ 5,000), clamped by tier, a day's worth in 24 h.
 *
 * @param periodS seconds between two payments, an hour on every market
 * @returns USD per coin, longs pay when positive
 * @see drift-labs/protocol-v2, programs/drift/src/controller/funding.rs
 * @example mark 101, oracle 100, tier A → 0.0425
 */
export function fundingPerCoin(
  markTwap: number,
  oracleTwap: number,
  tier: ContractTier,
  periodS = SECONDS_PER_HOUR,
): number {
  const spread = markTwap - oracleTwap + Math.abs(oracleTwap) / OFFSET_DIVISOR;
  const reach = Math.abs(oracleTwap) / divergenceDivisor(tier);
  return clamp(spread, -reach, reach) * (periodS / SECONDS_PER_HOUR / HOURS_PER_DAY);
}
