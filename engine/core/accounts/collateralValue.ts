const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** Micro-USD of an amount at an index price, rounded down: against the account, for a balance and for a debt. */
export function collateralValueUsd(amount: number, indexE8: number, decimals: number): number {
  // USD × 1e8 per coin ÷ 100 is micro-USD per coin; an amount is coins × 10^decimals.
  return Math.floor(amount * (indexE8 / 100 / POWERS_OF_TEN[decimals]!));
}
