import { NO_OPTIONS } from './optionBook.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { optionDeltaUsd, optionSizeUsd } from './sizes.ts';

const alone = { long: 0, short: 0 };

/**
 * What new risk and withdrawals may not count on of the equity.
 *
 * The net position in each underlying is worth no more than at the last hour's average price, so a price
 * pushed up for a minute lends nothing, and a book without delta pays nothing for it. Unrealized profit
 * counts as far as the position could be closed in a day at 20 % of its volume. Of an underlying that stands
 * alone for now, what it gained since counts for its own requirement only.
 *
 * @param rowStandalone standalone initial margin by row of the portfolio
 * @returns micro-USD ≥ 0, rounded up; 0 for maintenance margin, which goes by the mark
 * @see engine/core/margin/README.md, Credit
 * @example long 100k, the hour's average 1 % under the mark → 1 000 USD do not count
 */
export function creditCutUsd(
  parameters: RiskParameters,
  portfolio: Portfolio,
  rowStandalone: Float64Array,
): number {
  const { averageGap, unrealized, windowGain, hasWindow } = portfolio;
  let sum = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const isFull = averageGap[row] === 0 && unrealized[row]! <= 0;
    const cut = isFull ? 0 : rowCutUsd(parameters, portfolio, row);
    // The larger of both, not their sum: they take the same gain away.
    sum += hasWindow ? Math.max(cut, windowGain[row]! - rowStandalone[row]!) : cut;
  }
  return Math.ceil(sum);
}

/** Of one underlying: what its average price and its size take away. */
function rowCutUsd(parameters: RiskParameters, portfolio: Portfolio, row: number): number {
  const linear = portfolio.notional[row]!;
  const net = linear + optionDeltaUsd(portfolio, row);
  const gapUsd = Math.max(0, -portfolio.averageGap[row]! * net);
  const profit = portfolio.unrealized[row]!;
  if (profit <= 0) return gapUsd;
  const isLinear = portfolio.optionBlock[row] === NO_OPTIONS;
  const size = isLinear ? Math.abs(linear) : optionSizeUsd(portfolio, row, linear, alone, false);
  const closable = closableUsdPerDay(parameters, portfolio.underlying[row]!);
  return size > closable ? gapUsd + profit * (1 - closable / size) : gapUsd;
}

/** 20 % of a day's volume: the unwind capacity without the 3 of its variance. */
function closableUsdPerDay(parameters: RiskParameters, underlying: number): number {
  return parameters.unwindUsdPerDay[underlying]! / 3;
}
