import type { Portfolio } from './portfolio.ts';

const matched = { matched: Number.NaN, largest: Number.NaN };

/**
 * What the expiries of one underlying hold against each other. Perpetuals and coins are one expiry of their
 * own: what of the linear notional is in no dated future.
 *
 * @returns shared scratch: `matched` the smaller of all longs and all shorts, `largest` the larger, micro-USD
 * @example long 100k of the perpetual, short 70k of March → matched 70k, largest 100k
 */
export function matchedExpiries(
  portfolio: Portfolio,
  row: number,
): { readonly matched: number; readonly largest: number } {
  const { expiries } = portfolio;
  const underlying = portfolio.underlying[row]!;
  let undated = portfolio.notional[row]!;
  let longs = 0;
  let shorts = 0;
  for (let leg = 0; leg < expiries.count; leg++) {
    if (expiries.underlying[leg] !== underlying) continue;
    const notional = expiries.notional[leg]!;
    undated -= notional;
    if (notional > 0) longs += notional;
    else shorts -= notional;
  }
  if (undated > 0) longs += undated;
  else shorts -= undated;
  matched.matched = Math.min(longs, shorts);
  matched.largest = Math.max(longs, shorts);
  return matched;
}
