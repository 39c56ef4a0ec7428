/** From `lowerBoundUsd` of notional on, at most `maxLeverage`. Tiers are listed upwards and start at 0. */
export interface MarginTier {
  readonly lowerBoundUsd: number;
  readonly maxLeverage: number;
}

/**
 * Maintenance of one position: notional × rate − deduction, where the rate is half the initial one at maximum leverage
 * and the deduction makes the sum continuous from tier to tier.
 *
 * @param notionalUsd |size| × mark
 * @returns USD
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers
 * @example tiers 40x from 0, 20x from 150 M; notional 100 M → 1,250,000
 */
export function tieredMaintenance(tiers: readonly MarginTier[], notionalUsd: number): number {
  const notional = Math.abs(notionalUsd);
  let rate = 0;
  let deduction = 0;
  for (const tier of tiers) {
    if (notional < tier.lowerBoundUsd) break;
    const next = maintenanceRateAt(tier.maxLeverage);
    deduction += tier.lowerBoundUsd * (next - rate);
    rate = next;
  }
  return notional * rate - deduction;
}

/** The tier a position of this notional stands in: its leverage is what the venue allows for the whole position. */
export function tierOf(tiers: readonly MarginTier[], notionalUsd: number): MarginTier | undefined {
  return tiers.findLast(({ lowerBoundUsd }) => Math.abs(notionalUsd) >= lowerBoundUsd);
}

/** Half of the initial rate at maximum leverage: 40x → 1.25 %. */
export function maintenanceRateAt(maxLeverage: number): number {
  return 1 / (2 * maxLeverage);
}
