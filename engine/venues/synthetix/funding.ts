import { clamp } from '../premium.ts';

/** A market whose funding rate drifts with its skew. */
export interface DriftingFunding {
  /** Coins of skew at which the rate moves at full speed. */
  readonly skewScale: number;
  /** Change of the daily rate per day at full skew. */
  readonly maxVelocity: number;
}

/** Days that pass with a skew, and what the skew changes by at their end. */
export interface FundingStep {
  readonly days: number;
  readonly skewChange: number;
}

/** Change of the daily rate per day: skew ÷ scale, at most 1 either way, times the maximum. */
export function fundingVelocity(skew: number, { skewScale, maxVelocity }: DriftingFunding): number {
  return clamp(skew / skewScale, -1, 1) * maxVelocity;
}

/**
 * Rate and what a position has paid after the steps: in each the mean of the old and the new rate.
 *
 * @param held signed coins and USD per coin
 * @returns daily rate, longs pay when positive, and USD paid by the position
 * @see Synthetixio/synthetix-v3, markets/perps-market, funding
 * @example 20 of skew on 10,000, velocity 3, one day, 20 held at 2,000 → rate 0.6 %, 120 paid
 */
export function fundingAfter(
  held: { size: number; price: number },
  initialSkew: number,
  steps: readonly FundingStep[],
  market: DriftingFunding,
): { rate: number; paidUsd: number } {
  let [skew, rate, paidUsd] = [initialSkew, 0, 0];
  for (const { days, skewChange } of steps) {
    const next = rate + fundingVelocity(skew, market) * days;
    paidUsd += ((rate + next) / 2) * days * held.size * held.price;
    rate = next;
    skew += skewChange;
  }
  return { rate, paidUsd };
}
