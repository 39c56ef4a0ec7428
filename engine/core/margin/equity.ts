import { PPM_SCALE } from '../../units/rate.ts';
import type { Portfolio } from './portfolio.ts';

/** What collateral other than USDC counts for: `min(x·w, x)` of each row, rounded down. */
export function countedCollateralUsd(portfolio: Portfolio): number {
  let sum = 0;
  for (let row = 0; row < portfolio.collateralCount; row++) {
    const value = portfolio.collateralValue[row]!;
    sum += value > 0 ? Math.floor(value * (portfolio.collateralWeightPpm[row]! / PPM_SCALE)) : value;
  }
  return sum;
}

/** USDC + counted collateral + unrealized PnL, micro-USD. */
export function equityUsd(portfolio: Portfolio): number {
  return portfolio.usdc + countedCollateralUsd(portfolio) + portfolio.unrealizedPnl;
}

/** Share of the counted collateral, and of the venue's USDC, that one account may owe. */
const OWN_SHARE = 0.5;
const VENUE_SHARE = 0.02;
/** Share of the venue's USDC that all accounts together may owe: the measure of utilisation. */
const VENUE_CAP_SHARE = 0.2;

/** USDC that the account may owe, micro-USD. */
export function debtLimitUsd(portfolio: Portfolio, venueUsdc: number): number {
  const own = Math.max(0, countedCollateralUsd(portfolio)) * OWN_SHARE;
  return Math.floor(Math.min(own, Math.max(0, venueUsdc) * VENUE_SHARE));
}

/** Interest of a year on what is owed, ppm: 5 % up to 80 % utilisation of the venue's cap, then up to 100 %. */
export function interestPpmYear(owedUsd: number, venueUsdc: number): number {
  if (owedUsd <= 0) return 0;
  const cap = venueUsdc * VENUE_CAP_SHARE;
  const utilisation = cap <= 0 ? 1 : Math.min(1, owedUsd / cap);
  return Math.ceil(50_000 + (950_000 * Math.max(0, utilisation - 0.8)) / 0.2);
}
