import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, rangeOf } from './range.ts';
import type { Direction, ScanScratch } from './scratch.ts';

/**
 * Fills the leg columns of the scratch: what each underlying loses or gains when it moves by its whole range.
 *
 * Open orders count in initial margin only, each scenario at the worst of three fills: none, all bids,
 * all asks. In a fall that is all bids, in a rise all asks. A gain is taken at the worst fill and its
 * residual at the best, so that whatever part of the orders fills, the scenario was not underestimated.
 *
 * @param withOrders false leaves open orders out
 */
export function prepareLegs(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  withOrders: boolean,
  scratch: ScanScratch,
): void {
  scratch.count = 0;
  scratch.standaloneSum = 0;
  scratch.standaloneMax = 0;
  scratch.fall.lossSum = 0;
  scratch.rise.lossSum = 0;
  scratch.hasOrders = false;
  const isInitial = kind === 'initial';
  const dayRanges = isInitial ? parameters.dayRangeInitial : parameters.dayRangeMaintenance;
  for (let row = 0; row < portfolio.count; row++) {
    const notional = portfolio.notional[row]!;
    const countsOrders = isInitial && withOrders;
    const afterBids = countsOrders ? notional + portfolio.bids[row]! : notional;
    const afterAsks = countsOrders ? notional - portfolio.asks[row]! : notional;
    if (afterBids === 0 && afterAsks === 0) continue;
    const underlying = portfolio.underlying[row]!;
    // Maintenance margin looks at the account alone; new risk also stands in its owner's queue.
    const othersLong = isInitial ? portfolio.othersLong[row]! : 0;
    const othersShort = isInitial ? portfolio.othersShort[row]! : 0;
    const dayRange = dayRanges[underlying]!;
    const sizeBids = unwindSize(afterBids, othersLong, othersShort);
    const rangeBids = rangeOf(parameters, underlying, dayRange, sizeBids);
    let rangeAsks = rangeBids;
    if (afterAsks !== afterBids) {
      scratch.hasOrders = true;
      const sizeAsks = unwindSize(afterAsks, othersLong, othersShort);
      rangeAsks = rangeOf(parameters, underlying, dayRange, sizeAsks);
    }
    const leg = scratch.count++;
    scratch.row[leg] = row;
    scratch.underlying[leg] = underlying;
    scratch.rangeBids[leg] = rangeBids;
    scratch.rangeAsks[leg] = rangeAsks;
    writeLeg(scratch, leg, afterBids * rangeBids, afterAsks * rangeAsks, parameters.upFactor[underlying]!);
  }
}

/** What would have to be closed in one market: the larger side over the owner's subaccounts. */
export function unwindSize(notional: number, othersLong: number, othersShort: number): number {
  return notional > 0
    ? Math.max(othersLong + notional, othersShort)
    : Math.max(othersLong, othersShort - notional);
}

/** `bidsMove` and `asksMove` are notional × range after all bids and after all asks, signed like the notional. */
function writeLeg(
  scratch: ScanScratch,
  leg: number,
  bidsMove: number,
  asksMove: number,
  upFactor: number,
): void {
  const fall = bidsMove;
  const rise = asksMove < 0 ? -asksMove * upFactor : -asksMove;
  const standalone = Math.max(fall, rise);
  // The fill that gains most in a fall is all asks, and a short's standalone margin is its loss in a rise.
  writeDirection(scratch.fall, leg, fall, asksMove < 0 ? rise : 0);
  writeDirection(scratch.rise, leg, rise, bidsMove > 0 ? fall : 0);
  scratch.standalone[leg] = standalone;
  scratch.standaloneSum += standalone;
  if (standalone > scratch.standaloneMax) scratch.standaloneMax = standalone;
}

function writeDirection(direction: Direction, leg: number, signed: number, bestStandalone: number): void {
  const loss = Math.max(signed, 0);
  direction.signed[leg] = signed;
  direction.loss[leg] = loss;
  direction.gain[leg] = loss - signed;
  direction.square[leg] = bestStandalone * bestStandalone;
  direction.lossSum += loss;
}
