/** Yearly rate up to four fifths of the pool lent, and its slope above. */
const BASE_APY = 0.05;
const APY_SLOPE = 4.75;
const KINK = 0.8;
/** Requirement every borrower has, USD. */
export const MIN_BORROW_OFFSET_USD = 20;
/** From this share of the liquidation value on the account is liquidated. */
export const LIQUIDATION_RATIO = 0.95;

/** USDC that may be borrowed against a token: balance × price × loan-to-value. */
export function borrowableUsd(balance: number, price: number, loanToValue: number): number {
  return Math.max(balance, 0) * price * loanToValue;
}

/** Yearly borrow rate at a share of the pool lent out: 5 % to 80 %, then 4.75 per unit. */
export function borrowApy(utilization: number): number {
  return BASE_APY + APY_SLOPE * Math.max(0, utilization - KINK);
}

/** Share of a token's value that counts for liquidation: half way between loan-to-value and all of it. */
export function liquidationThreshold(loanToValue: number): number {
  return 0.5 + 0.5 * loanToValue;
}

/** A portfolio account that borrows USDC against one collateral token. */
export interface BorrowingAccount {
  readonly usdcBalance: number;
  readonly borrowedUsdc: number;
  /** Maintenance of all cross perpetuals. */
  readonly crossMaintenanceUsd: number;
  readonly tokenBalance: number;
  readonly tokenPrice: number;
  readonly loanToValue: number;
  readonly borrowCapUsdc: number;
  /** Coins of the token that count at all. */
  readonly supplyCap: number;
  readonly minBorrowOffsetUsd: number;
}

/**
 * Portfolio margin ratio: (offset + cross maintenance + borrowed) ÷ (balance + what the collateral is worth in a
 * liquidation, up to the caps). Above 0.95 the account is liquidated.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/portfolio-margin
 */
export function portfolioMarginRatio(account: BorrowingAccount): { ratio: number; isLiquidatable: boolean } {
  const required = account.minBorrowOffsetUsd + account.crossMaintenanceUsd + account.borrowedUsdc;
  const counted = Math.min(account.tokenBalance, account.supplyCap) * account.tokenPrice;
  const worth = Math.min(account.borrowCapUsdc, counted * liquidationThreshold(account.loanToValue));
  const value = account.usdcBalance + worth;
  const ratio = value > 0 ? required / value : Number.POSITIVE_INFINITY;
  return { ratio, isLiquidatable: ratio > LIQUIDATION_RATIO };
}
