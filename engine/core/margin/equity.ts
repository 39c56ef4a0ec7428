import { PPM_SCALE } from '../../units/rate.ts';
import { mulDivFloor } from '../../units/round.ts';
import type { Portfolio } from './portfolio.ts';

/** Share of its counted collateral that one account may owe. */
const OWN_SHARE = 0.5;
/** Share of the venue's USDC that one account may owe. */
const VENUE_SHARE = 0.02;
/** Share of the venue's USDC that all accounts together may owe: the measure of utilisation. */
const VENUE_CAP_SHARE = 0.2;
/** Interest of a year on owed USDC up to the kink, ppm. */
const INTEREST_PPM = 50_000;
/** What full utilisation adds to it. */
const INTEREST_ABOVE_KINK_PPM = 950_000;
/** Utilisation from which interest rises. */
const KINK_PPM = 800_000;

/**
 * What one row of collateral counts for: `min(x·w, x)`, so a haircut lowers what is owned and never what is owed.
 *
 * @returns micro-USD, rounded down
 */
export function countedUsd(value: number, weightPpm: number): number {
  return value > 0 ? mulDivFloor(value, weightPpm, PPM_SCALE) : value;
}

/**
 * The weight of an asset of which the venue holds more than it could sell: beyond the cap more of it adds nothing.
 *
 * @param poolUsd what all accounts hold of it
 * @returns ppm, rounded down
 * @example weight 0.96, pool 150 m, cap 100 m → 0.64 (640 000)
 */
export function scaledWeightPpm(weightPpm: number, poolUsd: number, capUsd: number): number {
  return poolUsd > capUsd ? mulDivFloor(weightPpm, capUsd, poolUsd) : weightPpm;
}

/** What all collateral other than USDC counts for, micro-USD, each row rounded down. */
export function countedCollateralUsd(portfolio: Portfolio): number {
  let sum = 0;
  for (let row = 0; row < portfolio.collateralCount; row++) {
    sum += countedUsd(portfolio.collateralValue[row]!, portfolio.collateralWeightPpm[row]!);
  }
  return sum;
}

/**
 * What the account is worth to its margin: USDC + counted collateral + unrealized PnL, micro-USD.
 *
 * @see engine/core/margin/README.md, Equity
 * @example 10 000 USDC, BTC worth 5 000 at weight 0.98, PnL −1 000 → 13 900 USD
 */
export function equityUsd(portfolio: Portfolio): number {
  return portfolio.usdc + countedCollateralUsd(portfolio) + portfolio.unrealizedPnl;
}

/**
 * USDC that the account may owe: half of what its other collateral counts for, and no more than 2 % of
 * the venue's USDC, so that withdrawals stay liquid.
 *
 * @returns micro-USD ≥ 0, rounded down
 */
export function debtLimitUsd(portfolio: Portfolio, venueUsdc: number): number {
  const own = Math.max(0, countedCollateralUsd(portfolio)) * OWN_SHARE;
  return Math.floor(Math.min(own, Math.max(0, venueUsdc) * VENUE_SHARE));
}

/** USDC that all accounts together may owe: a fifth of what the venue holds. Micro-USD, rounded down. */
export function venueDebtLimitUsd(venueUsdc: number): number {
  return Math.floor(Math.max(0, venueUsdc) * VENUE_CAP_SHARE);
}

/**
 * Interest of a year on what is owed: 5 %, and from 80 % utilisation of the venue's cap on up to 100 %.
 *
 * @param owedUsd what all accounts owe together
 * @returns ppm a year, rounded up; 0 when nothing is owed; a passed cap counts as a full one
 * @example nine tenths of the cap owed → 5 % + 95 % × 0.5 = 52.5 % (525 000)
 */
export function interestPpmYear(owedUsd: number, venueUsdc: number): number {
  if (owedUsd <= 0) return 0;
  const cap = venueUsdc * VENUE_CAP_SHARE;
  const utilisationPpm = cap <= 0 ? PPM_SCALE : Math.min(PPM_SCALE, Math.ceil((owedUsd / cap) * PPM_SCALE));
  const aboveKinkPpm = Math.max(0, utilisationPpm - KINK_PPM);
  return INTEREST_PPM + Math.ceil((INTEREST_ABOVE_KINK_PPM * aboveKinkPpm) / (PPM_SCALE - KINK_PPM));
}
