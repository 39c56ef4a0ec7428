import { NO_OPTIONS } from './optionBook.ts';
import { prepareOptionLegs } from './optionLegs.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, rangeOf } from './range.ts';
import type { Direction, ScanScratch } from './scratch.ts';
import { unwindSize } from './sizes.ts';

/** An epicentre counts in full from this share of the standalone margins of all positions. */
const FADE_SHARE = 0.1;

/**
 * Fills the leg columns of the scratch: what each underlying loses or gains when it moves by its whole range.
 *
 * Open orders count in initial margin only, each scenario at the worst of three fills: none, all bids, all
 * asks. In a fall that is all bids, in a rise all asks. A hedge gains what its worst fill would and leaves
 * the residual of its largest, so no fill makes a scenario worse than it was taken to be.
 *
 * One loop and no small functions around numbers: this is half of a pre-trade check, and the JavaScript
 * engine would put every number that is passed between functions it does not inline on the heap.
 */
export function prepareLegs(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): void {
  const isInitial = kind === 'initial';
  const dayRanges = isInitial ? parameters.dayRangeInitial : parameters.dayRangeMaintenance;
  const {
    underlying: underlyings,
    notional: notionals,
    bids,
    asks,
    othersLong,
    othersShort,
    optionBlock,
  } = portfolio;
  const { fall, rise, standalone, rowStandalone, underlying: legUnderlying } = scratch;
  clearDirection(fall);
  clearDirection(rise);
  let leg = 0;
  let standaloneSum = 0;
  let positionsSum = 0;
  let positionsMax = 0;
  for (let row = 0; row < portfolio.count; row++) {
    // Underlyings with options are prepared apart, behind the linear ones.
    if (optionBlock[row] !== NO_OPTIONS) continue;
    const underlying = underlyings[row]!;
    const notional = notionals[row]!;
    const upFactor = parameters.upFactor[underlying]!;
    const dayRange = dayRanges[underlying]!;
    // Maintenance margin looks at the account alone; new risk also stands in its owner's queue.
    const long = isInitial ? othersLong[row]! : 0;
    const short = isInitial ? othersShort[row]! : 0;
    const move = notional * rangeOf(parameters, underlying, dayRange, unwindSize(notional, long, short));
    let fallLoss = move;
    let riseLoss = move < 0 ? -move * upFactor : -move;
    const held = Math.max(fallLoss, riseLoss);
    positionsSum += held;
    if (held > positionsMax) positionsMax = held;
    if (isInitial && bids[row]! > 0) {
      const filled = notional + bids[row]!;
      fallLoss = filled * rangeOf(parameters, underlying, dayRange, unwindSize(filled, long, short));
    }
    if (isInitial && asks[row]! > 0) {
      const filled = notional - asks[row]!;
      const filledMove = filled * rangeOf(parameters, underlying, dayRange, unwindSize(filled, long, short));
      riseLoss = filledMove < 0 ? -filledMove * upFactor : -filledMove;
    }
    const alone = Math.max(fallLoss, riseLoss);
    rowStandalone[row] = alone;
    if (alone <= 0) continue;
    legUnderlying[leg] = underlying;
    standalone[leg] = alone;
    fall.signed[leg] = fallLoss;
    rise.signed[leg] = riseLoss;
    leg++;
    standaloneSum += alone;
    if (fallLoss > 0) {
      const loser = fall.loserCount++;
      fall.loserUnderlying[loser] = underlying;
      fall.loss[loser] = fallLoss;
      fall.lossSum += fallLoss;
      // Who loses in a fall gains in a rise: that loss is its standalone margin as a hedge.
      const hedge = rise.hedgeCount++;
      rise.hedgeUnderlying[hedge] = underlying;
      rise.gain[hedge] = riseLoss < 0 ? -riseLoss : 0;
      rise.square[hedge] = fallLoss * fallLoss;
    }
    if (riseLoss > 0) {
      const loser = rise.loserCount++;
      rise.loserUnderlying[loser] = underlying;
      rise.loss[loser] = riseLoss;
      rise.lossSum += riseLoss;
      const hedge = fall.hedgeCount++;
      fall.hedgeUnderlying[hedge] = underlying;
      fall.gain[hedge] = fallLoss < 0 ? -fallLoss : 0;
      fall.square[hedge] = riseLoss * riseLoss;
    }
  }
  scratch.count = leg;
  scratch.linearCount = leg;
  scratch.standaloneSum = standaloneSum;
  scratch.heldSum = positionsSum;
  scratch.heldMax = positionsMax;
  scratch.optionLegs.count = 0;
  if (portfolio.options.count > 0) prepareOptionLegs(parameters, portfolio, kind, scratch);
  // In a book of many equal legs none has a tenth of the sum: the largest then still counts in full.
  scratch.fullSize = Math.min(FADE_SHARE * scratch.heldSum, scratch.heldMax);
}

function clearDirection(direction: Direction): void {
  direction.loserCount = 0;
  direction.hedgeCount = 0;
  direction.lossSum = 0;
}
