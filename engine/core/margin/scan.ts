import { scanEpicentres, scanGapWithOptions } from './gridScan.ts';
import { prepareLegs } from './legs.ts';
import type { Correlations, RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import type { MarginKind } from './range.ts';
import { GAP_SHARE_OF_MAJORS, RESIDUAL_SHARE, SCAN_FLOOR } from './scanShares.ts';
import { type Direction, NO_EPICENTRE, ScanDecision, type ScanScratch } from './scratch.ts';

/** More than rounding can add to a sum of losses, micro-USD. */
const ROUNDING_USD = 8;

/**
 * The loss of the book in its worst scenario: the part of a requirement that hedges reduce.
 *
 * For each epicentre, direction, fraction of the range and correlation set the epicentre moves by its
 * range and drags every other by ρ of its own; losses add up, gains count after a residual. Scenarios of
 * small epicentres fade in, so that dust in a new underlying moves nothing.
 *
 * @returns whole micro-USD, rounded up once; 0 for a flat book. What decided it is left in `scratch`
 * @see engine/core/margin/README.md, Scan
 * @example long 1 000 USD of BTC, nothing else → 30.311698 USD (30 311 698) at a daily volume of 1.5 bn
 */
export function computeScan(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): number {
  prepareLegs(parameters, portfolio, kind, scratch);
  scanLegs(parameters, portfolio, scratch, false);
  return Math.ceil(scratch.scan);
}

/**
 * Scans prepared legs and writes the result and what decided it into the scratch.
 *
 * @param isFull true finds the worst scenario even when the floor overrides it; false stops looking below
 *   the floor, which gives the same scan sooner
 */
export function scanLegs(
  parameters: RiskParameters,
  portfolio: Portfolio,
  scratch: ScanScratch,
  isFull: boolean,
): void {
  scratch.worst = isFull ? Number.NEGATIVE_INFINITY : SCAN_FLOOR * scratch.standaloneSum;
  scanBeyondWorst(parameters, portfolio, scratch);
}

/** The same, but scenarios that lose no more than `scratch.worst` are not looked for; the caller sets it. */
export function scanBeyondWorst(
  parameters: RiskParameters,
  portfolio: Portfolio,
  scratch: ScanScratch,
): void {
  scratch.scan = 0;
  scratch.decision = ScanDecision.empty;
  if (scratch.count === 0) return;
  const floor = SCAN_FLOOR * scratch.standaloneSum;
  scratch.decision = ScanDecision.epicentre;
  scratch.volatility = 0;
  if (scratch.optionLegs.count > 0) {
    scanEpicentres(parameters, portfolio, scratch);
    scanGapWithOptions(parameters, portfolio, scratch);
  } else {
    scanLinear(parameters, scratch);
    scanAltGap(parameters, scratch);
  }
  scratch.scan = scratch.worst;
  if (scratch.worst <= floor) {
    scratch.scan = floor;
    scratch.decision = ScanDecision.floor;
  } else if (scratch.worst > scratch.standaloneSum) {
    scratch.scan = scratch.standaloneSum;
    scratch.decision = ScanDecision.cap;
  }
}

/** Epicentres of a book without options: a whole move is the worst, or one of its quarters where hedges gain more. */
function scanLinear(parameters: RiskParameters, scratch: ScanScratch): void {
  const { fall, rise } = scratch;
  // A direction in which all that can lose does not lose enough is left out whole.
  const fallCounts = fall.lossSum > scratch.worst;
  const riseCounts = rise.lossSum > scratch.worst;
  for (let leg = 0; leg < scratch.count; leg++) {
    const alone = scratch.standalone[leg]!;
    scratch.fade = alone < scratch.fullSize ? alone / scratch.fullSize : 1;
    if (fallCounts) scanDirection(parameters, scratch, fall, rise, leg);
    if (riseCounts) scanDirection(parameters, scratch, rise, fall, leg);
  }
}

/** Every alt falls by its range, the majors by half of theirs; gains count in full. */
function scanAltGap(parameters: RiskParameters, scratch: ScanScratch): void {
  const { signed } = scratch.fall;
  const { isMajor } = parameters;
  let loss = 0;
  for (let leg = 0; leg < scratch.count; leg++) {
    loss += isMajor[scratch.underlying[leg]!] === 1 ? GAP_SHARE_OF_MAJORS * signed[leg]! : signed[leg]!;
  }
  if (loss <= scratch.worst) return;
  scratch.worst = loss;
  scratch.epicentre = NO_EPICENTRE;
  scratch.decision = ScanDecision.altGap;
}

/** One epicentre and direction; left out when even all losers at their whole range, and no gain, lose less. */
function scanDirection(
  parameters: RiskParameters,
  scratch: ScanScratch,
  direction: Direction,
  opposite: Direction,
  leg: number,
): void {
  const own = direction.signed[leg]!;
  const bound = Math.min(own, 0) + direction.lossSum;
  if (bound * scratch.fade <= scratch.worst) return;
  // What others lose under the high set bounds what they lose under the low one.
  if (!scanSet(parameters.high, scratch, direction, opposite, leg)) return;
  // And under the low set none follows closer than the one that follows most: a hair more than rounding can bring.
  const { low } = parameters;
  const followsMost = low.rhoMax[scratch.underlying[leg]!]!;
  const boundLow = own + followsMost * (direction.lossSum - Math.max(own, 0)) + ROUNDING_USD;
  if (boundLow * scratch.fade <= scratch.worst) return;
  scanSet(low, scratch, direction, opposite, leg);
}

/**
 * One epicentre, direction and correlation set, at all fractions of the range. No number is passed in or
 * out: the JavaScript engine would put each on the heap.
 *
 * Who loses and who hedges is half of x + |x| and of |x| − x: no sign has to be guessed. The sums are kept at
 * twice and, of squares, at four times their size, which changes no digit of them.
 *
 * @returns false when the losses alone, without any gain, are below the worst so far
 */
function scanSet(
  correlations: Correlations,
  scratch: ScanScratch,
  { signed, sign }: Direction,
  { signed: oppositeSigned }: Direction,
  leg: number,
): boolean {
  const { rho, unexplained } = correlations;
  const { underlying, count, fade, worst } = scratch;
  const cells = correlations.count * underlying[leg]!;
  let lossesTwice = 2 * signed[leg]!;
  let gainsTwice = 0;
  let squaresFourfold = 0;
  for (let other = 0; other < count; other++) {
    const cell = cells + underlying[other]!;
    const follows = rho[cell]!;
    const loss = signed[other]!;
    const size = Math.abs(loss);
    lossesTwice += follows * (loss + size);
    gainsTwice += follows * (size - loss);
    // What a hedge would lose the other way is its standalone margin, and leaves a residual.
    const opposite = oppositeSigned[other]!;
    const aloneTwice = opposite + Math.abs(opposite);
    squaresFourfold += unexplained[cell]! * (aloneTwice * aloneTwice);
  }
  const losses = lossesTwice / 2;
  if (losses * fade <= worst) return false;
  const gains = gainsTwice / 2;
  const residual = RESIDUAL_SHARE * Math.sqrt(squaresFourfold / 4);
  let fraction = 1;
  let total = gains > residual ? losses - gains + residual : losses;
  // The residual does not shrink with the move, so where hedges gain more than the book loses, a smaller
  // move can be worse.
  if (gains > losses) {
    for (let quarters = 3; quarters > 0; quarters--) {
      const part = quarters / 4;
      const credit = part * gains - residual;
      const partial = credit > 0 ? part * losses - credit : part * losses;
      if (partial <= total) continue;
      total = partial;
      fraction = part;
    }
  }
  if (total * fade > worst) {
    scratch.worst = total * fade;
    scratch.epicentre = leg;
    scratch.fraction = fraction * sign;
    scratch.set = correlations.set;
  }
  return true;
}
