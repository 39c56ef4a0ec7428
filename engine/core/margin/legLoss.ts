import { VOL_STATES } from '../../pricing/riskVector.ts';
import { fillLossAt } from './fillLoss.ts';
import { FILLS_MAX } from './optionScratch.ts';
import type { Portfolio } from './portfolio.ts';
import type { ScanScratch } from './scratch.ts';

/** A gain of less than this, micro-USD, is rounding and leaves no residual. */
export const GAIN_USD_MIN = 1;

/**
 * Losses of one underlying with options, at the worst of its fills.
 *
 * As with linear legs it gains what its worst fill would and leaves the residual of its best, so that no
 * open order lowers a requirement.
 */
export function legLossAt(portfolio: Portfolio, scratch: ScanScratch, leg: number, fraction: number): void {
  const { optionLegs: legs, fillLoss, legLoss: out } = scratch;
  for (let state = 0; state < VOL_STATES; state++) {
    out.worst[state] = Number.NEGATIVE_INFINITY;
    out.square[state] = 0;
  }
  for (let fill = leg * FILLS_MAX; fill < leg * FILLS_MAX + legs.fillCount[leg]!; fill++) {
    fillLossAt(portfolio.options, legs, leg, fill, fraction, fillLoss);
    const square = legs.standalone[fill]! * legs.standalone[fill]!;
    for (let state = 0; state < VOL_STATES; state++) {
      if (fillLoss.bare[state]! <= -GAIN_USD_MIN && square > out.square[state]!) out.square[state] = square;
      if (fillLoss.worst[state]! <= out.worst[state]!) continue;
      out.worst[state] = fillLoss.worst[state]!;
      out.fill[state] = fill;
    }
  }
}
