import { RISK_CELLS } from '../../pricing/riskVector.ts';
import type { ExpiryLegs } from './expiryLegs.ts';
import type { OptionBook } from './optionBook.ts';
import type { Portfolio } from './portfolio.ts';

const ROW_COLUMNS = [
  'underlying',
  'notional',
  'othersLong',
  'othersShort',
  'optionBlock',
  'openInterest',
  'confidencePpm',
  'provision',
  'unrealized',
  'averageGap',
  'windowGain',
] as const satisfies readonly (keyof Portfolio)[];
const COLLATERAL_COLUMNS = ['collateralUnderlying', 'collateralValue', 'collateralWeightPpm'] as const;
const NUMBERS = [
  'count',
  'usdc',
  'unrealizedPnl',
  'settlementPricePpm',
  'hasWindow',
  'collateralCount',
] as const;

/**
 * Whether two portfolios are the same book: everything alike but open orders and what a day of rest brings.
 * Whatever looks at neither, such as the distance, is then the same for both.
 */
export function isSameBook(a: Portfolio, b: Portfolio): boolean {
  for (const number of NUMBERS) if (a[number] !== b[number]) return false;
  for (const column of ROW_COLUMNS) if (!startsAlike(a[column], b[column], a.count)) return false;
  for (const column of COLLATERAL_COLUMNS) {
    if (!startsAlike(a[column], b[column], a.collateralCount)) return false;
  }
  return areOptionsSame(a.options, b.options) && areExpiriesSame(a.expiries, b.expiries);
}

function areOptionsSame(a: OptionBook, b: OptionBook): boolean {
  if (a.count !== b.count || !startsAlike(a.cells, b.cells, a.count * RISK_CELLS)) return false;
  return startsAlike(a.delta, b.delta, a.count) && startsAlike(a.shortUsd, b.shortUsd, a.count);
}

function areExpiriesSame(a: ExpiryLegs, b: ExpiryLegs): boolean {
  if (a.count !== b.count || !startsAlike(a.underlying, b.underlying, a.count)) return false;
  return startsAlike(a.expiryMs, b.expiryMs, a.count) && startsAlike(a.notional, b.notional, a.count);
}

function startsAlike(a: Float64Array | Int32Array, b: Float64Array | Int32Array, count: number): boolean {
  for (let at = 0; at < count; at++) if (a[at] !== b[at]) return false;
  return true;
}
