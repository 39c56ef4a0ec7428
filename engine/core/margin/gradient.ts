import { BPS_SCALE } from '../../units/rate.ts';
import { hasBentAddOns } from './addOns.ts';
import { valueSlopeAt } from './moveOptions.ts';
import { NO_OPTIONS } from './optionBook.ts';
import { CorrelationSet, type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { rangeOf, rangeSlopeOf } from './range.ts';
import { GAP_SHARE_OF_MAJORS, RESIDUAL_SHARE, SCAN_FLOOR } from './scanShares.ts';
import { ScanDecision, type ScanScratch } from './scratch.ts';
import { addOnsAt, surplusAt, type Terrain } from './terrain.ts';

/** Derivatives by notional of one leg: of its loss in the direction at hand and of its standalone margin. */
const lossSlope = new Float64Array(UNDERLYINGS_MAX);
const standaloneSlope = new Float64Array(UNDERLYINGS_MAX);
/** Return by which a row is moved to see what add-ons do. */
const ADD_ON_STEP = 1e-3;
/** And f itself: no smaller, because it ends in whole micro-USD. */
const MEASURED_STEP = 1e-4;
const scanSlope = new Float64Array(UNDERLYINGS_MAX);

/**
 * Gradient of f at the point `surplusAt` was last asked for.
 *
 * The scan is the largest of many smooth functions, so its gradient is that of the one that decided; at a
 * kink this is one of several, which is all the search needs.
 *
 * @param x that point
 * @param gradient receives ∂f ÷ ∂x by terrain row, micro-USD per unit of return
 */
export function gradientAt(terrain: Terrain, x: Float64Array, gradient: Float64Array): void {
  const { count, notional, slope, scratch, parameters } = terrain;
  for (let row = 0; row < count; row++) gradient[row] = slope[row]! + optionSlopeAt(terrain, row, x[row]!);
  if (terrain.heldMaintenance !== undefined) return;
  if (terrain.hasAddOns) subtractAddOns(terrain, x, gradient);
  // With options the scan bends the surface by a few percent of the legs; the rays to f = 0 follow it exactly.
  if (scratch.count === 0 || scratch.optionLegs.count > 0) return;
  slopesOfScan(parameters, terrain);
  const share = parameters.maintenanceShareBps / BPS_SCALE;
  let leg = 0;
  for (let row = 0; row < count && leg < scratch.count; row++) {
    if (scratch.underlying[leg] !== terrain.underlying[row]) continue;
    gradient[row] = gradient[row]! - share * scanSlope[leg]! * notional[row]!;
    leg++;
  }
}

/** The same measured: each row is moved a little and f asked again. It sees the scan of a book with options. */
export function measuredGradientAt(terrain: Terrain, x: Float64Array, gradient: Float64Array): void {
  const here = surplusAt(terrain, x);
  for (let row = 0; row < terrain.count; row++) {
    const at = x[row]!;
    x[row] = at + MEASURED_STEP;
    gradient[row] = (surplusAt(terrain, x) - here) / MEASURED_STEP;
    x[row] = at;
  }
}

function optionSlopeAt({ from, fromRow }: Terrain, row: number, x: number): number {
  const block = from.optionBlock[fromRow[row]!]!;
  return block === NO_OPTIONS ? 0 : valueSlopeAt(from.options, block, Math.max(-1, x));
}

/** Provisions are lines; the other add-ons have no closed form worth its lines: each row is moved a little and asked again. */
function subtractAddOns(terrain: Terrain, x: Float64Array, gradient: Float64Array): void {
  const { count, notional, moved, from, fromRow } = terrain;
  if (!hasBentAddOns(from)) {
    for (let row = 0; row < count; row++) gradient[row] = gradient[row]! - from.provision[fromRow[row]!]!;
    return;
  }
  const before = addOnsAt(terrain, x);
  for (let row = 0; row < count; row++) {
    const at = x[row]!;
    x[row] = at + ADD_ON_STEP;
    moved.notional[row] = notional[row]! * (1 + Math.max(-1, x[row]!));
    gradient[row] = gradient[row]! - (addOnsAt(terrain, x) - before) / ADD_ON_STEP;
    x[row] = at;
    moved.notional[row] = notional[row]! * (1 + Math.max(-1, at));
  }
}

function slopesOfScan(parameters: RiskParameters, terrain: Terrain): void {
  const { scratch } = terrain;
  const isFall = scratch.decision !== ScanDecision.epicentre || scratch.fraction < 0;
  slopesOfLegs(parameters, terrain, isFall);
  switch (scratch.decision) {
    case ScanDecision.empty:
      return;
    case ScanDecision.floor:
      for (let leg = 0; leg < scratch.count; leg++) scanSlope[leg] = SCAN_FLOOR * standaloneSlope[leg]!;
      return;
    case ScanDecision.cap:
      for (let leg = 0; leg < scratch.count; leg++) scanSlope[leg] = standaloneSlope[leg]!;
      return;
    case ScanDecision.altGap:
      slopesOfGap(parameters, scratch);
      return;
    case ScanDecision.epicentre:
      slopesOfEpicentre(parameters, scratch, isFall);
      slopesOfFade(scratch);
  }
}

/** A leg's move is n·R(|n|): it grows with the notional and with the longer unwind. */
function slopesOfLegs(parameters: RiskParameters, terrain: Terrain, isFall: boolean): void {
  const { scratch, moved } = terrain;
  let row = 0;
  for (let leg = 0; leg < scratch.count; leg++) {
    const underlying = scratch.underlying[leg]!;
    while (moved.underlying[row] !== underlying) row++;
    const notional = moved.notional[row]!;
    const dayRange = parameters.dayRangeMaintenance[underlying]!;
    const size = Math.abs(notional);
    const moveSlope =
      rangeOf(parameters, underlying, dayRange, size) +
      size * rangeSlopeOf(parameters, underlying, dayRange, size);
    const riseSlope = notional < 0 ? -moveSlope * parameters.upFactor[underlying]! : -moveSlope;
    lossSlope[leg] = isFall ? moveSlope : riseSlope;
    standaloneSlope[leg] = notional < 0 ? riseSlope : moveSlope;
  }
}

function slopesOfGap(parameters: RiskParameters, scratch: ScanScratch): void {
  for (let leg = 0; leg < scratch.count; leg++) {
    const isMajor = parameters.isMajor[scratch.underlying[leg]!] === 1;
    scanSlope[leg] = isMajor ? GAP_SHARE_OF_MAJORS * lossSlope[leg]! : lossSlope[leg]!;
  }
}

function slopesOfEpicentre(parameters: RiskParameters, scratch: ScanScratch, isFall: boolean): void {
  const { epicentre, count, underlying, standalone, fall, rise } = scratch;
  const direction = isFall ? fall : rise;
  const opposite = isFall ? rise : fall;
  const { rho, unexplained } = scratch.set === CorrelationSet.low ? parameters.low : parameters.high;
  const cells = parameters.count * underlying[epicentre]!;
  const share = Math.abs(scratch.fraction);
  let gains = 0;
  let squares = 0;
  for (let leg = 0; leg < count; leg++) {
    const cell = cells + underlying[leg]!;
    gains += share * rho[cell]! * Math.max(0, -direction.signed[leg]!);
    const alone = Math.max(0, opposite.signed[leg]!);
    squares += unexplained[cell]! * (alone * alone);
  }
  const root = Math.sqrt(squares);
  const isCredited = gains > RESIDUAL_SHARE * root;
  for (let leg = 0; leg < count; leg++) {
    const cell = cells + underlying[leg]!;
    const isLosing = direction.signed[leg]! > 0;
    const follows = leg === epicentre ? 1 : rho[cell]!;
    const counts = leg === epicentre || isLosing || isCredited;
    scanSlope[leg] = counts ? share * follows * lossSlope[leg]! : 0;
    if (isLosing || !isCredited || root === 0) continue;
    const residualSlope = (unexplained[cell]! * standalone[leg]! * standaloneSlope[leg]!) / root;
    scanSlope[leg] = scanSlope[leg]! + RESIDUAL_SHARE * residualSlope;
  }
}

/** A small epicentre counts at standalone ÷ full size, and both move. */
function slopesOfFade(scratch: ScanScratch): void {
  const { epicentre, count, standalone, fullSize, standaloneSum } = scratch;
  const own = standalone[epicentre]!;
  if (own >= fullSize) return;
  const fade = own / fullSize;
  const loss = scratch.worst / fade;
  const isTenth = fullSize < largestOf(scratch);
  for (let leg = 0; leg < count; leg++) {
    const ownSlope = leg === epicentre ? standaloneSlope[leg]! : 0;
    const isLargest = standalone[leg] === fullSize;
    const fullSlope = isTenth
      ? (fullSize / standaloneSum) * standaloneSlope[leg]!
      : isLargest
        ? standaloneSlope[leg]!
        : 0;
    const fadeSlope = (ownSlope - fade * fullSlope) / fullSize;
    scanSlope[leg] = scanSlope[leg]! * fade + loss * fadeSlope;
  }
}

function largestOf(scratch: ScanScratch): number {
  let largest = 0;
  for (let leg = 0; leg < scratch.count; leg++) largest = Math.max(largest, scratch.standalone[leg]!);
  return largest;
}
