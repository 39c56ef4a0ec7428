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
 * counts as far as the position could be closed in a day at 20 % of its volume.
 *
 * @returns micro-USD ≥ 0, rounded up; 0 for maintenance margin, which goes by the mark
 * @see engine/core/margin/README.md, Credit
 * @example long 100k, the hour's average 1 % under the mark → 1 000 USD do not count
 */
export function creditCutUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  let sum = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const gap = portfolio.averageGap[row]!;
    const profit = portfolio.unrealized[row]!;
    if (gap === 0 && profit <= 0) continue;
    const linear = portfolio.notional[row]!;
    const net = linear + optionDeltaUsd(portfolio, row);
    sum += Math.max(0, -gap * net);
    if (profit <= 0) continue;
    const isLinear = portfolio.optionBlock[row] === NO_OPTIONS;
    const size = isLinear ? Math.abs(linear) : optionSizeUsd(portfolio, row, linear, alone, false);
    const closable = closableUsdPerDay(parameters, portfolio.underlying[row]!);
    if (size > closable) sum += profit * (1 - closable / size);
  }
  return Math.ceil(sum);
}

/** 20 % of a day's volume: the unwind capacity without the 3 of its variance. */
function closableUsdPerDay(parameters: RiskParameters, underlying: number): number {
  return parameters.unwindUsdPerDay[underlying]! / 3;
}
