import { prepareLegs } from './legs.ts';
import type { Correlations, RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import type { MarginKind } from './range.ts';
import { CorrelationSet, type Direction, ScanDecision, type ScanScratch } from './scratch.ts';

/** The scan never falls below this share of the sum of standalone margins, however good the hedge. */
export const SCAN_FLOOR = 0.4;
/** An epicentre counts in full from this share of the sum of standalone margins. */
const FADE_SHARE = 0.1;
/** Share of the unexplained part of the hedges that is taken off their gains. */
const RESIDUAL_SHARE = 0.5;
/** Largest first: it wins ties. Smaller moves can be worse, because the residual does not shrink with the move. */
const FRACTIONS = [1, 0.75, 0.5, 0.25] as const;
/** What majors lose of their range when every alt loses the whole of its own: the shape of October 2025. */
export const GAP_SHARE_OF_MAJORS = 0.5;

/**
 * The loss of the book in its worst scenario: the part of a requirement that hedges reduce.
 *
 * For each epicentre, direction, fraction of the range and correlation set the epicentre moves by its
 * range and drags every other by ρ of its own; losses add up, gains count after a residual. Scenarios of
 * small epicentres fade in, so that dust in a new underlying moves nothing.
 *
 * @returns whole micro-USD, rounded up once; 0 for a flat book. What decided it is left in `scratch`
 * @see engine/core/margin/README.md, Scan
 * @example long 1 000 USD of BTC, nothing else → 30.310890 USD (30 310 890)
 */
export function computeScan(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): number {
  prepareLegs(parameters, portfolio, kind, true, scratch);
  scanLegs(parameters, scratch);
  scratch.isWithoutOrders = false;
  if (scratch.hasOrders && isAnyFaded(scratch)) keepPositionsAlone(parameters, portfolio, kind, scratch);
  return Math.ceil(scratch.scan);
}

/**
 * An order makes the book larger and so fades other epicentres. The positions alone are scanned as well,
 * because an order that has not filled must not lower what they need.
 */
function keepPositionsAlone(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  scratch: ScanScratch,
): void {
  const withOrders = scratch.scan;
  prepareLegs(parameters, portfolio, kind, false, scratch);
  if (scratch.standaloneSum > withOrders) {
    scanLegs(parameters, scratch);
    scratch.isWithoutOrders = scratch.scan > withOrders;
    if (scratch.isWithoutOrders) return;
  }
  prepareLegs(parameters, portfolio, kind, true, scratch);
  scanLegs(parameters, scratch);
}

function isAnyFaded(scratch: ScanScratch): boolean {
  const full = fullSize(scratch);
  for (let leg = 0; leg < scratch.count; leg++) if (scratch.standalone[leg]! < full) return true;
  return false;
}

/**
 * The standalone margin from which an epicentre counts in full. In a book of many equal legs none has a
 * tenth of the sum; the largest then still counts in full.
 */
export function fullSize(scratch: ScanScratch): number {
  return Math.min(FADE_SHARE * scratch.standaloneSum, scratch.standaloneMax);
}

/** The share at which scenarios of this epicentre count: 1 from `fullSize` on, down to 0 for dust. */
export function fadeOf(scratch: ScanScratch, leg: number): number {
  const full = fullSize(scratch);
  const standalone = scratch.standalone[leg]!;
  return standalone >= full ? 1 : standalone / full;
}

/** Scans prepared legs and writes the result and what decided it into the scratch. */
export function scanLegs(parameters: RiskParameters, scratch: ScanScratch): void {
  if (scratch.count === 0) {
    scratch.scan = 0;
    scratch.decision = ScanDecision.empty;
    return;
  }
  scratch.worst = Number.NEGATIVE_INFINITY;
  for (let leg = 0; leg < scratch.count; leg++) scanEpicentre(parameters, scratch, leg);
  scratch.decision = ScanDecision.epicentre;
  const gap = gapLoss(parameters, scratch);
  if (gap > scratch.worst) {
    scratch.worst = gap;
    scratch.epicentre = -1;
    scratch.decision = ScanDecision.altGap;
  }
  const floor = SCAN_FLOOR * scratch.standaloneSum;
  scratch.scan = scratch.worst;
  if (scratch.worst < floor) {
    scratch.scan = floor;
    scratch.decision = ScanDecision.floor;
  } else if (scratch.worst > scratch.standaloneSum) {
    scratch.scan = scratch.standaloneSum;
    scratch.decision = ScanDecision.cap;
  }
}

/** Every alt falls by its range, the majors by half of theirs; gains count in full. */
function gapLoss(parameters: RiskParameters, scratch: ScanScratch): number {
  const { signed } = scratch.fall;
  let loss = 0;
  for (let leg = 0; leg < scratch.count; leg++) {
    const isMajor = parameters.isMajor[scratch.underlying[leg]!] === 1;
    loss += isMajor ? GAP_SHARE_OF_MAJORS * signed[leg]! : signed[leg]!;
  }
  return loss;
}

/** Both directions of one epicentre; one that cannot be worse than the worst so far is not summed. */
function scanEpicentre(parameters: RiskParameters, scratch: ScanScratch, leg: number): void {
  const fade = fadeOf(scratch, leg);
  const { fall, rise } = scratch;
  if (boundOf(fall, leg) * fade > scratch.worst) scanDirection(parameters, scratch, fall, leg, fade);
  if (boundOf(rise, leg) * fade > scratch.worst) scanDirection(parameters, scratch, rise, leg, fade);
}

/** No scenario of this epicentre and direction loses more: every loser at its whole range, no gain. */
function boundOf(direction: Direction, leg: number): number {
  return direction.signed[leg]! - direction.loss[leg]! + direction.lossSum;
}

function scanDirection(
  parameters: RiskParameters,
  scratch: ScanScratch,
  direction: Direction,
  leg: number,
  fade: number,
): void {
  const cells = parameters.count * scratch.underlying[leg]!;
  scanSet(scratch, direction, leg, fade, parameters.high, cells, CorrelationSet.high);
  scanSet(scratch, direction, leg, fade, parameters.low, cells, CorrelationSet.low);
}

function scanSet(
  scratch: ScanScratch,
  direction: Direction,
  leg: number,
  fade: number,
  correlations: Correlations,
  cells: number,
  set: CorrelationSet,
): void {
  const { underlying, count } = scratch;
  const { loss, gain, square } = direction;
  const { rho, unexplained } = correlations;
  let losses = direction.signed[leg]!;
  let gains = 0;
  let squares = 0;
  for (let other = 0; other < count; other++) {
    const cell = cells + underlying[other]!;
    losses += rho[cell]! * loss[other]!;
    gains += rho[cell]! * gain[other]!;
    squares += unexplained[cell]! * square[other]!;
  }
  if (losses * fade <= scratch.worst) return;
  const residual = RESIDUAL_SHARE * Math.sqrt(squares);
  for (const fraction of FRACTIONS) {
    const worst = (fraction * losses - Math.max(0, fraction * gains - residual)) * fade;
    if (worst <= scratch.worst) continue;
    scratch.worst = worst;
    scratch.epicentre = leg;
    scratch.fraction = fraction * direction.sign;
    scratch.set = set;
  }
}
