import { greeksOf } from './black76.ts';
import type { Smile, SmilePoint } from './fitSurface.ts';
import { impliedVol } from './impliedVol.ts';

/** A price seen for one option of an expiry. */
export interface OptionPrice {
  /** USD per coin. */
  readonly strike: number;
  readonly isCall: boolean;
  /** USD per coin, undiscounted. */
  readonly price: number;
}

/**
 * The smile in a set of prices: from each strike the side out of the money, whose price is all time value, weighted by
 * the square of its vega, so that an error counts by the money it would make.
 *
 * @param forward USD per coin, > 0
 * @param years until expiry, > 0
 * @returns points in the order of the prices; those that no volatility gives are left out
 */
export function smileOf(forward: number, years: number, prices: readonly OptionPrice[]): Smile {
  const points = prices.flatMap(({ strike, isCall, price }): SmilePoint[] => {
    if (isCall !== strike >= forward) return [];
    const volatility = impliedVol(price, forward, strike, years, isCall);
    if (volatility === undefined || volatility === 0) return [];
    const vega = greeksOf(forward, strike, volatility, years, isCall).vega / forward;
    return [{ strike, volatility, weight: vega * vega }];
  });
  return { forward, years, points };
}
