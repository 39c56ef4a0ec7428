import { ln } from '../../pricing/ln.ts';
import { yearsOf } from './expiry.ts';

/** How the wings of the surface are lifted: around the forward (linear) or on both sides alike (absolute). */
export interface SkewShock {
  readonly linearCap: number;
  readonly linearPerRootYear: number;
  readonly absoluteCap: number;
  readonly absolutePerRootYear: number;
  /** Smallest log-moneyness at which the lift is complete. */
  readonly minWidth: number;
  readonly widthScale: number;
  readonly volatilityStatic: number;
  readonly volatilityScale: number;
}

/**
 * Factor on an option's volatility: it grows linearly with log-moneyness until the width k*, where the cap is reached.
 * The linear form turns the surface (strikes below the forward fall), the absolute form lifts both wings.
 *
 * @returns never below 0
 * @see derivexyz/v2-core, src/risk-managers/PMRMLib_2_1.sol
 */
export function skewFactor(
  form: 'linear' | 'absolute',
  option: { forward: number; strike: number; secondsToExpiry: number },
  skew: SkewShock,
): number {
  const rootYears = Math.sqrt(yearsOf(option.secondsToExpiry));
  const cap =
    form === 'linear'
      ? skew.linearCap + skew.linearPerRootYear * rootYears
      : skew.absoluteCap + skew.absolutePerRootYear * rootYears;
  const moneyness = ln(option.strike / option.forward);
  const distance = form === 'linear' ? moneyness : Math.abs(moneyness);
  const slope = (distance * cap) / fullWidth(rootYears, skew);
  const lift = distance >= 0 ? Math.min(cap, slope) : Math.max(-cap, slope);
  return Math.max(0, 1 + lift);
}

/** k*: where a surface of this age is about flat again. */
function fullWidth(rootYears: number, skew: SkewShock): number {
  const volatility = skew.volatilityStatic + rootYears * skew.volatilityScale;
  return Math.max(skew.minWidth, rootYears * skew.widthScale * volatility);
}
