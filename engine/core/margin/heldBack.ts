import { BPS_SCALE } from '../../units/rate.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';

/**
 * What maintenance margin may not count of gains in underlyings that stand alone for now: what they gained
 * since their window began, as far as it passes what they themselves need. A loss there counts in full.
 *
 * @param rowStandalone standalone margin by row of the portfolio, of maintenance margin
 * @returns micro-USD ≥ 0, rounded up
 * @see engine/decisions/027-isolation-windows.md
 * @example gained 5 000 since the window began, alone it must keep 1 200 → 3 800 do not count
 */
export function heldBackUsd(
  parameters: RiskParameters,
  portfolio: Portfolio,
  rowStandalone: Float64Array,
): number {
  if (!portfolio.hasWindow) return 0;
  let sum = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const own = (rowStandalone[row]! * parameters.maintenanceShareBps) / BPS_SCALE;
    sum += Math.max(0, portfolio.windowGain[row]! - own);
  }
  return Math.ceil(sum);
}
