/** Requirements of one market. */
export interface SynthetixMarket {
  /** Coins of skew at which the price premium is 100 %. */
  readonly skewScale: number;
  /** Multiplies |size| ÷ skew scale. */
  readonly initialFraction: number;
  readonly minInitialRatio: number;
  /** Maintenance as a share of initial. */
  readonly maintenanceScalar: number;
  /** Added to both, USD per position. */
  readonly minPositionUsd: number;
}

/**
 * Margin of a position: notional × (|size| ÷ skew scale × fraction + minimum ratio), plus a fixed sum that is the
 * liquidator's reward.
 *
 * @returns USD
 * @see Synthetixio/synthetix-v3, markets/perps-market, PerpsMarketConfiguration
 * @example 20 at 2,000, scale 1,000, fraction 2, minimum 1 %, scalar 0.5, 500 → 2,500 and 1,500
 */
export function positionMargin(
  size: number,
  price: number,
  market: SynthetixMarket,
): { initialUsd: number; maintenanceUsd: number } {
  const coins = Math.abs(size);
  const ratio = (coins / market.skewScale) * market.initialFraction + market.minInitialRatio;
  const proportional = coins * price * ratio;
  return {
    initialUsd: proportional + market.minPositionUsd,
    maintenanceUsd: proportional * market.maintenanceScalar + market.minPositionUsd,
  };
}
