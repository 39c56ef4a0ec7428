import { PPM_SCALE } from '../../units/rate.ts';

/**
 * Fee of a fill.
 *
 * @param notional micro-USD, ≥ 0
 * @param ratePpm > 0 is paid, < 0 is a rebate
 * @returns Usd, rounded up, that is against the account in both directions; exact for any safe notional
 * @example 63 100.5 USD at 350 ppm → 22.085175 USD
 */
export function feeOf(notional: number, ratePpm: number): number {
  // Whole USD and the rest apart: notional × rate may pass 2^53.
  const whole = Math.floor(notional / PPM_SCALE);
  const rest = notional - whole * PPM_SCALE;
  // Adding 0 turns a minus zero into zero: the two would hash alike but print apart.
  return whole * ratePpm + Math.ceil((rest * ratePpm) / PPM_SCALE) + 0;
}
