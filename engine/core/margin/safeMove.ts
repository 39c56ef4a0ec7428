import { BPS_SCALE } from '../../units/rate.ts';
import { countedUsd, equityUsd } from './equity.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { rangeOf } from './range.ts';
import { maintenanceMarginUsd } from './requirement.ts';

/** No promise goes farther than this: ranges of larger books are wider. */
const MOVE_MAX = 0.25;
/**
 * How much faster than its own leg the scan can grow with a leg: a small epicentre fades in over a tenth of
 * the book, so up to ten times, and the residual and the clamp add less than two.
 */
const SCAN_SLOPE_MAX = 12;
/** A leg's n·R(n) grows at most half as fast again as R: the range grows with the root of the size. */
const LEG_SLOPE_MAX = 1.5;

/** For every account, how far the marks may travel before it is looked at again. */
export interface SafeMoves {
  /** Sum over all rounds of the largest move of any underlying. */
  travel: number;
  /** By account: the travel at which its promise ends. */
  readonly due: Float64Array;
}

export function createSafeMoves(accounts: number): SafeMoves {
  return { travel: 0, due: new Float64Array(accounts).fill(Number.NEGATIVE_INFINITY) };
}

/** Notes a round of marks by its largest move of any underlying, a fraction ≥ 0. */
export function noteMove(safe: SafeMoves, largestMove: number): void {
  safe.travel += largestMove;
}

/** Whether an account must be computed: its promise has ended, or something other than a mark changed. */
export function isDue(safe: SafeMoves, account: number): boolean {
  return safe.travel >= safe.due[account]!;
}

/** The next account that must be computed, from `from` on; the number of accounts when there is none. */
export function nextDue({ travel, due }: SafeMoves, from: number): number {
  let account = from;
  while (account < due.length && due[account]! > travel) account++;
  return account;
}

/** Ends the promise: any fill, transfer, order or parameter does. */
export function clearSafeMove(safe: SafeMoves, account: number): void {
  safe.due[account] = Number.NEGATIVE_INFINITY;
}

/** Stores what `safeMoveOf` promised at the marks of now. Rises compound: m is reached after ln(1 + m) at the earliest. */
export function storeSafeMove(safe: SafeMoves, account: number, move: number): void {
  safe.due[account] = safe.travel + move / (1 + move);
}

/**
 * A move that cannot bring liquidation, however the underlyings move within it: buffer ÷ Σ worst slope of
 * equity less maintenance margin.
 *
 * @returns fraction of the price, 0 to 0.25; 0 for an account whose margin is not linear in its legs
 *   (options, expiries, add-ons by state) or whose buffer is gone, which is looked at every time
 * @see engine/core/margin/README.md, Safe moves
 * @example long 100k BTC with 10k: buffer 8 181 ÷ (100k + 33k) → 6.2 %
 */
export function safeMoveOf(parameters: RiskParameters, portfolio: Portfolio): number {
  if (!isLinear(portfolio)) return 0;
  const buffer = equityUsd(portfolio) - maintenanceMarginUsd(parameters, portfolio);
  if (buffer <= 0) return 0;
  let slopes = 0;
  for (let row = 0; row < portfolio.count; row++) slopes += worstSlope(parameters, portfolio, row);
  return slopes === 0 ? MOVE_MAX : Math.min(MOVE_MAX, buffer / slopes);
}

function isLinear(portfolio: Portfolio): boolean {
  if (portfolio.options.count > 0 || portfolio.expiries.count > 0) return false;
  if (portfolio.settlementPricePpm < 1_000_000 || portfolio.hasWindow) return false;
  for (let row = 0; row < portfolio.count; row++) {
    if (portfolio.confidencePpm[row]! < 1_000_000) return false;
  }
  return true;
}

/** Micro-USD of equity less maintenance margin lost per unit of move, at most. */
function worstSlope(parameters: RiskParameters, portfolio: Portfolio, row: number): number {
  const underlying = portfolio.underlying[row]!;
  const notional = portfolio.notional[row]!;
  const size = Math.abs(notional);
  const dayRange = parameters.dayRangeMaintenance[underlying]!;
  const range =
    rangeOf(parameters, underlying, dayRange, size * (1 + MOVE_MAX)) * parameters.upFactor[underlying]!;
  const share = parameters.maintenanceShareBps / BPS_SCALE;
  const equitySlope = Math.abs(notional - haircutUsd(portfolio, underlying));
  return equitySlope + share * SCAN_SLOPE_MAX * LEG_SLOPE_MAX * range * size + portfolio.provision[row]!;
}

function haircutUsd(portfolio: Portfolio, underlying: number): number {
  let sum = 0;
  for (let row = 0; row < portfolio.collateralCount; row++) {
    if (portfolio.collateralUnderlying[row] !== underlying) continue;
    const value = portfolio.collateralValue[row]!;
    sum += value - countedUsd(value, portfolio.collateralWeightPpm[row]!);
  }
  return sum;
}
