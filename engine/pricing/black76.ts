import { ln } from './ln.ts';
import { normalCdf, normalPdf } from './normal.ts';

/** Total deviation (volatility × √years) from which N(d1) is 1 and N(d2) is 0 for every forward and strike a double holds. */
const DEVIATION_MAX = 1_600;

/**
 * Price of a European option on a forward, undiscounted (Black, "The pricing of commodity contracts", 1976).
 *
 * The side out of the money is computed and the other one follows by parity, so call − put = forward − strike to
 * rounding and no price is below its intrinsic value.
 *
 * @param forward USD per coin, ≥ 0
 * @param strike USD per coin, ≥ 0
 * @param volatility per √year, 0.65 is 65 %; ≥ 0
 * @param years until expiry, ≥ 0
 * @returns USD per coin, 0 ≤ call ≤ forward, 0 ≤ put ≤ strike, within 2e-15 of the larger of forward and strike; the
 *   intrinsic value without volatility or time
 * @example black76(100, 100, 0.2, 1, true) → 7.965567455405804
 */
export function black76(
  forward: number,
  strike: number,
  volatility: number,
  years: number,
  isCall: boolean,
): number {
  return priceAtDeviation(forward, strike, volatility * Math.sqrt(years), isCall);
}

/** black76 for a total deviation, volatility × √years. */
export function priceAtDeviation(
  forward: number,
  strike: number,
  deviation: number,
  isCall: boolean,
): number {
  const isCallOut = strike >= forward;
  const out = outOfTheMoney(forward, strike, deviation, isCallOut);
  return isCall === isCallOut ? out : out + Math.abs(forward - strike);
}

/** Price of the call when it is the side out of the money, otherwise of the put. */
export function outOfTheMoney(
  forward: number,
  strike: number,
  deviation: number,
  isCallOut: boolean,
): number {
  if (!(deviation > 0) || forward === 0 || strike === 0) return 0;
  const spread = Math.min(deviation, DEVIATION_MAX);
  const moneyness = ln(forward / strike) / spread;
  const d1 = moneyness + spread / 2;
  const d2 = moneyness - spread / 2;
  const price = isCallOut
    ? forward * normalCdf(d1) - strike * normalCdf(d2)
    : strike * normalCdf(-d2) - forward * normalCdf(-d1);
  return Math.max(0, price);
}

/** How the price of an option answers; each is a derivative with respect to the argument as black76 takes it. */
export interface Greeks {
  /** USD per USD of forward: 0…1 for a call, −1…0 for a put. */
  readonly delta: number;
  /** Change of delta per USD of forward. */
  readonly gamma: number;
  /** USD per 1.00 of volatility; a hundredth of it is one volatility point. */
  readonly vega: number;
  /** USD per year that passes, ≤ 0; a 365th of it is one day. */
  readonly theta: number;
}

/**
 * Derivatives of black76 at the same arguments.
 *
 * Without volatility or time delta is that of the intrinsic value (half at the strike itself) and the others are 0.
 *
 * @example greeksOf(100, 100, 0.2, 1, true).delta → 0.539827837277029
 */
export function greeksOf(
  forward: number,
  strike: number,
  volatility: number,
  years: number,
  isCall: boolean,
): Greeks {
  const deviation = volatility * Math.sqrt(years);
  if (!(deviation > 0) || forward === 0 || strike === 0) {
    const callDelta = (1 + Math.sign(forward - strike)) / 2;
    return { delta: isCall ? callDelta : callDelta - 1, gamma: 0, vega: 0, theta: 0 };
  }
  const spread = Math.min(deviation, DEVIATION_MAX);
  const d1 = ln(forward / strike) / spread + spread / 2;
  const density = normalPdf(d1);
  return {
    delta: isCall ? normalCdf(d1) : -normalCdf(-d1),
    // One after the other: the product of two small numbers could be 0.
    gamma: density / forward / spread,
    vega: forward * density * Math.sqrt(years),
    theta: (-forward * density * volatility) / (2 * Math.sqrt(years)),
  };
}
