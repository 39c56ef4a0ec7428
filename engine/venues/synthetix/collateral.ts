import { clamp } from '../premium.ts';
import type { CollateralDiscount } from './parameters.ts';

/**
 * Share of a deposit's value that does not count: amount ÷ skew scale, between its bounds.
 *
 * @see Synthetixio/synthetix-v3, markets/perps-market, collateral configuration
 * @example 100 of 35,000, bounds 1 % and 7.5 % → 1 %
 */
export function discountOf(amount: number, { lower, upper, skewScale }: CollateralDiscount): number {
  return clamp(Math.abs(amount) / skewScale, lower, upper);
}
