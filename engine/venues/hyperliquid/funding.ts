import { clamp } from '../premium.ts';

/** Interest of the formula, share of notional in 8 hours. */
export const INTEREST_8H = 0.0001;
/** How far the interest may pull the rate back from the premium. */
export const INTEREST_CLAMP = 0.0005;
/** Most that is paid in one hour, share of notional. */
export const HOURLY_CAP = 0.04;

/**
 * Funding rate of 8 hours: premium + clamp(interest − premium, ±0.05 %).
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/funding
 * @example premium 1 % → 0.95 %
 */
export function fundingRate8h(premium: number, interest = INTEREST_8H, reach = INTEREST_CLAMP): number {
  return premium + clamp(interest - premium, -reach, reach);
}

/** An eighth of the 8-hour rate each hour, never more than the cap in either direction. */
export function hourlyFundingRate(rate8h: number, cap = HOURLY_CAP): number {
  return clamp(rate8h / 8, -cap, cap);
}

/**
 * What a position pays in the hour, on oracle notional.
 *
 * @param size coins, negative when short
 * @returns USD, positive when the position pays
 */
export function hourlyFundingUsd(size: number, oracle: number, rate8h: number, cap = HOURLY_CAP): number {
  return size * oracle * hourlyFundingRate(rate8h, cap);
}
