/** The venue's risks of one underlying, USD: each is a requirement of its own. */
export interface OkxRisks {
  /** Spot shock. */
  readonly mr1: number;
  /** Time decay. */
  readonly mr2: number;
  /** Volatility shock of near expiries. */
  readonly mr3: number;
  /** Basis. */
  readonly mr4: number;
  /** Interest rate. */
  readonly mr5: number;
  /** Extreme move. */
  readonly mr6: number;
  /** Cost of closing, already scaled by tier. */
  readonly mr7: number;
}

const INITIAL_FACTOR = 1.3;

/**
 * Portfolio margin of one underlying: the worst of spot, decay and extreme plus the others, at least what closing
 * costs. Initial margin is 1.3 of it.
 *
 * @returns USD
 * @see https://www.okx.com/support/hc/en-us/articles/4417291853837, the form before 2025
 */
export function combineRisks(risks: OkxRisks): { maintenance: number; initial: number } {
  const market = Math.max(risks.mr1, risks.mr2, risks.mr6) + risks.mr3 + risks.mr4 + risks.mr5;
  const maintenance = Math.max(market, risks.mr7);
  return { maintenance, initial: INITIAL_FACTOR * maintenance };
}

/** From and to an amount of raw cost, what each dollar in between is multiplied with. */
export type CostTier = readonly [fromUsd: number, toUsd: number, multiplier: number];

/**
 * Cost of closing after its tiers: only the part inside a tier is multiplied. The last tier goes on.
 *
 * @example 30,000 with ×1 to 10,000 and ×2 beyond → 50,000
 */
export function tieredCost(rawUsd: number, tiers: readonly CostTier[]): number {
  return tiers.reduce((sum, [from, to, multiplier], place) => {
    const end = place === tiers.length - 1 ? Number.POSITIVE_INFINITY : to;
    return sum + Math.max(0, Math.min(rawUsd, end) - from) * multiplier;
  }, 0);
}
