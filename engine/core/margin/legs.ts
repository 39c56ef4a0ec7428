import { NO_OPTIONS } from './optionBook.ts';
import { prepareOptionLegs } from './optionLegs.ts';
import { LEG_TERMS, type RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import type { MarginKind } from './range.ts';
import type { ScanScratch } from './scratch.ts';
import { unwindSize } from './sizes.ts';

/** An epicentre counts in full from this share of the standalone margins of all positions. */
const FADE_SHARE = 0.1;

/**
 * Fills the leg columns of the scratch: what each underlying loses or gains when it moves by its whole range.
 *
 * Both loops say `rangeOf` in place, and `unwindSize` where an owner has one subaccount: this is half of a pre-trade
 * check, and a call for each number, with the look-ups it repeats, is most of what it would cost. They are two because
 * maintenance margin knows no orders and no other subaccounts, and asking each leg about them costs as much.
 */
export function prepareLegs(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): void {
  if (kind === 'initial') prepareWithOrders(parameters, portfolio, scratch);
  else prepareHeld(parameters, portfolio, scratch);
  scratch.linearCount = scratch.count;
  scratch.optionLegs.count = 0;
  if (portfolio.options.count > 0) prepareOptionLegs(parameters, portfolio, kind, scratch);
  // In a book of many equal legs none has a tenth of the sum: the largest then still counts in full.
  scratch.fullSize = Math.min(FADE_SHARE * scratch.heldSum, scratch.heldMax);
}

/**
 * The linear legs of initial margin. Each scenario takes open orders at the worst of three fills: none, all
 * bids, all asks. In a fall that is all bids, in a rise all asks. A hedge gains what its worst fill would and
 * leaves the residual of its largest, so no fill makes a scenario worse than it was taken to be.
 */
function prepareWithOrders(parameters: RiskParameters, portfolio: Portfolio, scratch: ScanScratch): void {
  const { underlying: underlyings, notional: notionals, bids, asks, othersLong, othersShort } = portfolio;
  const { optionBlock, count, options } = portfolio;
  const { rowStandalone, standalone, underlying: legUnderlying } = scratch;
  const { signed: fallSigned } = scratch.fall;
  const { signed: riseSigned } = scratch.rise;
  const { legTerms, rangeCap } = parameters;
  const hasOptions = options.count > 0;
  let leg = 0;
  let standaloneSum = 0;
  let heldSum = 0;
  let heldMax = 0;
  let fallSum = 0;
  let riseSum = 0;
  for (let row = 0; row < count; row++) {
    // Underlyings with options are prepared apart, behind the linear ones.
    if (hasOptions && optionBlock[row] !== NO_OPTIONS) continue;
    const underlying = underlyings[row]!;
    const terms = underlying * LEG_TERMS;
    const horizon = legTerms[terms]!;
    const unwind = legTerms[terms + 1]!;
    const floor = legTerms[terms + 2]!;
    const upFactor = legTerms[terms + 3]!;
    const dayRange = legTerms[terms + 4]!;
    const notional = notionals[row]!;
    const bid = bids[row]!;
    const ask = asks[row]!;
    // New risk also stands in its owner's queue. Most owners have one subaccount.
    const long = othersLong[row]!;
    const short = othersShort[row]!;
    const isAlone = long === 0 && short === 0;
    const size = isAlone ? Math.abs(notional) : unwindSize(notional, long, short);
    let fallLoss = notional * clamped(dayRange * Math.sqrt(horizon + size / unwind), floor, rangeCap);
    let riseLoss = notional < 0 ? -fallLoss * upFactor : -fallLoss;
    const held = notional > 0 ? fallLoss : riseLoss;
    heldSum += held;
    if (held > heldMax) heldMax = held;
    if (bid > 0) {
      const filled = notional + bid;
      const filledSize = isAlone ? Math.abs(filled) : unwindSize(filled, long, short);
      fallLoss = filled * clamped(dayRange * Math.sqrt(horizon + filledSize / unwind), floor, rangeCap);
    }
    if (ask > 0) {
      const filled = notional - ask;
      const filledSize = isAlone ? Math.abs(filled) : unwindSize(filled, long, short);
      const gain = filled * clamped(dayRange * Math.sqrt(horizon + filledSize / unwind), floor, rangeCap);
      riseLoss = filled < 0 ? -gain * upFactor : -gain;
    }
    let alone = fallLoss;
    if (riseLoss > alone) alone = riseLoss;
    rowStandalone[row] = 0;
    if (alone <= 0) continue;
    rowStandalone[row] = alone;
    legUnderlying[leg] = underlying;
    standalone[leg] = alone;
    fallSigned[leg] = fallLoss;
    riseSigned[leg] = riseLoss;
    if (fallLoss > 0) fallSum += fallLoss;
    if (riseLoss > 0) riseSum += riseLoss;
    leg++;
    standaloneSum += alone;
  }
  scratch.count = leg;
  scratch.standaloneSum = standaloneSum;
  scratch.heldSum = heldSum;
  scratch.heldMax = heldMax;
  scratch.fall.lossSum = fallSum;
  scratch.rise.lossSum = riseSum;
}

/** The linear legs of maintenance margin, which looks at what the account itself holds and nothing else. */
function prepareHeld(parameters: RiskParameters, portfolio: Portfolio, scratch: ScanScratch): void {
  const { underlying: underlyings, notional: notionals, optionBlock, count, options } = portfolio;
  const { rowStandalone, standalone, underlying: legUnderlying } = scratch;
  const { signed: fallSigned } = scratch.fall;
  const { signed: riseSigned } = scratch.rise;
  const { legTerms, rangeCap } = parameters;
  const hasOptions = options.count > 0;
  let leg = 0;
  let heldSum = 0;
  let heldMax = 0;
  let fallSum = 0;
  let riseSum = 0;
  for (let row = 0; row < count; row++) {
    if (hasOptions && optionBlock[row] !== NO_OPTIONS) continue;
    const underlying = underlyings[row]!;
    const terms = underlying * LEG_TERMS;
    const notional = notionals[row]!;
    const horizon = legTerms[terms]! + Math.abs(notional) / legTerms[terms + 1]!;
    const range = clamped(legTerms[terms + 5]! * Math.sqrt(horizon), legTerms[terms + 2]!, rangeCap);
    const fallLoss = notional * range;
    const riseLoss = notional < 0 ? -fallLoss * legTerms[terms + 3]! : -fallLoss;
    const held = notional > 0 ? fallLoss : riseLoss;
    rowStandalone[row] = 0;
    if (held <= 0) continue;
    rowStandalone[row] = held;
    heldSum += held;
    if (held > heldMax) heldMax = held;
    legUnderlying[leg] = underlying;
    standalone[leg] = held;
    fallSigned[leg] = fallLoss;
    riseSigned[leg] = riseLoss;
    if (fallLoss > 0) fallSum += fallLoss;
    if (riseLoss > 0) riseSum += riseLoss;
    leg++;
  }
  scratch.count = leg;
  scratch.standaloneSum = heldSum;
  scratch.heldSum = heldSum;
  scratch.heldMax = heldMax;
  scratch.fall.lossSum = fallSum;
  scratch.rise.lossSum = riseSum;
}

/** Comparisons, not `Math.min` and `Math.max`: those also look for NaN and −0. The floor is under the cap already. */
function clamped(range: number, floor: number, cap: number): number {
  if (range > cap) return cap;
  if (range < floor) return floor;
  return range;
}
