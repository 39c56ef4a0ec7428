import { clamp } from '../premium.ts';

/** How a premium becomes an hourly rate. */
export interface DeriveFunding {
  /** Hours in which the premium would be paid back. */
  readonly convergenceHours: number;
  /** Added each hour, share of notional. */
  readonly staticRate: number;
  readonly hourlyCap: number;
}

/**
 * Hourly funding: premium ÷ convergence + static rate, within the cap.
 *
 * @returns share of notional, longs pay when positive
 * @see derivexyz/v2-core, src/assets/PerpAsset.sol
 * @example premium 0.4 %, 8 h → 0.05 %
 */
export function hourlyFunding(premium: number, rule: DeriveFunding): number {
  return clamp(premium / rule.convergenceHours + rule.staticRate, -rule.hourlyCap, rule.hourlyCap);
}
