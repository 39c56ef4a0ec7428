import { outOfTheMoney } from './black76.ts';
import { ln } from './ln.ts';
import { normalPdf } from './normal.ts';

/** Enough for bisection alone to reach neighbouring doubles; Newton's steps need about eight. */
const STEPS_MAX = 200;

/** Total deviation at which every price has reached its bound in doubles. */
const DEVIATION_AT_BOUND = 128;

/**
 * The volatility at which black76 gives a price.
 *
 * The search is for the side out of the money, within a bracket that only shrinks: a Newton step where it helps, on the
 * logarithm below the price curve's inflection and on the price above it, otherwise half of the bracket.
 *
 * @param price USD per coin
 * @returns per √year; 0 for the intrinsic value itself; undefined when no volatility gives the price: below intrinsic,
 *   not below the forward (call) or strike (put), above intrinsic without time, or no number; the price is met to 1e-15 of the larger of forward and strike
 * @example impliedVol(7.965567455405804, 100, 100, 1, true) → 0.2
 */
export function impliedVol(
  price: number,
  forward: number,
  strike: number,
  years: number,
  isCall: boolean,
): number | undefined {
  const isCallOut = strike >= forward;
  const out = isCall === isCallOut ? price : price - Math.abs(forward - strike);
  if (out === 0) return 0;
  const moneyness = ln(forward / strike);
  if (!(out > 0 && out < Math.min(forward, strike) && years > 0 && Number.isFinite(moneyness)))
    return undefined;
  return deviationOf(out, { forward, strike, moneyness, isCallOut }) / Math.sqrt(years);
}

/** Total deviation of a price out of the money, > 0 and below its bound. */
function deviationOf(
  out: number,
  {
    forward,
    strike,
    moneyness,
    isCallOut,
  }: { forward: number; strike: number; moneyness: number; isCallOut: boolean },
): number {
  const inflection = Math.sqrt(2 * Math.abs(moneyness));
  const isBelowInflection = out < outOfTheMoney(forward, strike, inflection, isCallOut);
  let low = isBelowInflection ? 0 : inflection;
  let high = isBelowInflection ? inflection : DEVIATION_AT_BOUND;
  let deviation = isBelowInflection ? inflection : Math.max(inflection, out / forward);
  for (let step = 0; step < STEPS_MAX; step++) {
    const price = outOfTheMoney(forward, strike, deviation, isCallOut);
    if (price === out) return deviation;
    if (price < out) low = deviation;
    else high = deviation;
    const slope = forward * normalPdf(moneyness / deviation + deviation / 2);
    const newton = isBelowInflection
      ? deviation - (price * (ln(price) - ln(out))) / slope
      : deviation - (price - out) / slope;
    // A step of Newton's that leaves the bracket, or is no number where price or slope vanish, gives way to halving.
    const next = newton > low && newton < high ? newton : low + (high - low) / 2;
    if (Math.abs(next - deviation) <= 1e-16 * deviation || high - low <= 1e-16 * high) return next;
    deviation = next;
  }
  return deviation;
}
