import { VOL_STATES } from '../../pricing/riskVector.ts';
import { legLossAt } from './legLoss.ts';
import { boundLegs } from './lossBound.ts';
import { QUARTERS } from './optionLegs.ts';
import { FRACTIONS_MAX, type OptionLegs } from './optionScratch.ts';
import type { Correlations, RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { GAP_SHARE_OF_MAJORS, RESIDUAL_SHARE } from './scanShares.ts';
import { type Direction, NO_EPICENTRE, ScanDecision, type ScanScratch } from './scratch.ts';

/** Σ over the linear legs that an epicentre drags one way, at its whole range, under one set. */
interface Dragged {
  losses: number;
  gains: number;
  squares: number;
}

const nothing = (): Dragged => ({ losses: Number.NaN, gains: Number.NaN, squares: Number.NaN });
const high = { falling: nothing(), rising: nothing() };
const low = { falling: nothing(), rising: nothing() };
const quarters = Float64Array.from(QUARTERS);
/** By state of volatility: of the epicentre, and of the scenario at hand. */
const own = new Float64Array(VOL_STATES);
const losses = new Float64Array(VOL_STATES);
const gains = new Float64Array(VOL_STATES);
const squares = new Float64Array(VOL_STATES);
/** Bounds of what the options of others lose while the epicentre falls and while it rises. */
const othersFall = new Float64Array(VOL_STATES);
const othersRise = new Float64Array(VOL_STATES);

/**
 * Every epicentre of a book with options: each fraction of its range, both correlation sets, all three
 * states of volatility, which are the same everywhere. Leaves the worst in the scratch.
 *
 * Linear legs lose in proportion to the move, so they are summed once for each epicentre; options are
 * looked up at each.
 */
export function scanEpicentres(parameters: RiskParameters, portfolio: Portfolio, scratch: ScanScratch): void {
  boundLegs(portfolio.options, scratch.optionLegs);
  for (let leg = 0; leg < scratch.count; leg++) {
    const alone = scratch.standalone[leg]!;
    if (alone <= 0) continue;
    scratch.fade = alone < scratch.fullSize ? alone / scratch.fullSize : 1;
    scanEpicentre(parameters, portfolio, scratch, leg);
  }
}

function scanEpicentre(
  parameters: RiskParameters,
  portfolio: Portfolio,
  scratch: ScanScratch,
  leg: number,
): void {
  const { fall, rise } = scratch;
  sumDragged(parameters.high, scratch, leg, high.falling, fall, rise);
  sumDragged(parameters.high, scratch, leg, high.rising, rise, fall);
  sumDragged(parameters.low, scratch, leg, low.falling, fall, rise);
  sumDragged(parameters.low, scratch, leg, low.rising, rise, fall);
  const { optionLegs, linearCount } = scratch;
  sumBounds(optionLegs, leg - linearCount);
  const isFallLeftOut = isLeftOut(scratch, scratch.fall, leg, high.falling, othersFall);
  const isRiseLeftOut = isLeftOut(scratch, scratch.rise, leg, high.rising, othersRise);
  const option = leg - linearCount;
  const count = option < 0 ? quarters.length : optionLegs.fractionCount[option]!;
  for (let at = 0; at < count; at++) {
    const fraction = option < 0 ? quarters[at]! : optionLegs.fraction[option * FRACTIONS_MAX + at]!;
    const isFall = fraction < 0;
    if (isFall ? isFallLeftOut : isRiseLeftOut) continue;
    moveEpicentre(scratch, leg, fraction, at);
    const underHigh = isFall ? high.falling : high.rising;
    const underLow = isFall ? low.falling : low.rising;
    // What others lose under the high set bounds what they lose under the low one.
    if (!tryScenario(parameters.high, portfolio, scratch, leg, fraction, underHigh)) continue;
    tryScenario(parameters.low, portfolio, scratch, leg, fraction, underLow);
  }
}

/** The most that the options of all others can lose, one way and the other. */
function sumBounds({ count, fallBound, riseBound }: OptionLegs, epicentre: number): void {
  for (let state = 0; state < VOL_STATES; state++) {
    othersFall[state] = 0;
    othersRise[state] = 0;
  }
  for (let option = 0; option < count; option++) {
    if (option === epicentre) continue;
    for (let state = 0; state < VOL_STATES; state++) {
      othersFall[state] = othersFall[state]! + fallBound[option * VOL_STATES + state]!;
      othersRise[state] = othersRise[state]! + riseBound[option * VOL_STATES + state]!;
    }
  }
}

/** Whether every scenario of an epicentre in one direction is: what it needs alone is the most it loses anywhere. */
function isLeftOut(
  { linearCount, standalone, fade, worst }: ScanScratch,
  direction: Direction,
  leg: number,
  dragged: Dragged,
  others: Float64Array,
): boolean {
  const alone = leg < linearCount ? Math.max(0, direction.signed[leg]!) : standalone[leg]!;
  for (let state = 0; state < VOL_STATES; state++) {
    if ((alone + dragged.losses + others[state]!) * fade > worst) return false;
  }
  return true;
}

/**
 * Left out when all that can lose at once, and no gain, loses less than the worst so far: most scenarios are.
 *
 * @returns whether it was looked at
 */
function tryScenario(
  set: Correlations,
  portfolio: Portfolio,
  scratch: ScanScratch,
  leg: number,
  fraction: number,
  dragged: Dragged,
): boolean {
  const others = fraction < 0 ? othersFall : othersRise;
  const linear = Math.abs(fraction) * dragged.losses;
  for (let state = 0; state < VOL_STATES; state++) {
    if ((own[state]! + linear + others[state]!) * scratch.fade <= scratch.worst) continue;
    scanSet(set, portfolio, scratch, leg, fraction, dragged);
    return true;
  }
  return false;
}

function sumDragged(
  { rho, unexplained, count }: Correlations,
  scratch: ScanScratch,
  leg: number,
  dragged: Dragged,
  { signed }: Direction,
  { signed: oppositeSigned }: Direction,
): void {
  const { underlying, linearCount } = scratch;
  const cells = count * underlying[leg]!;
  let losses = 0;
  let gains = 0;
  let squares = 0;
  for (let other = 0; other < linearCount; other++) {
    const cell = cells + underlying[other]!;
    const loss = signed[other]!;
    if (loss > 0) losses += rho[cell]! * loss;
    else gains -= rho[cell]! * loss;
    const opposite = oppositeSigned[other]!;
    if (opposite > 0) squares += unexplained[cell]! * (opposite * opposite);
  }
  dragged.losses = losses;
  dragged.gains = gains;
  dragged.squares = squares;
}

/** What the epicentre itself loses, which is the same under both sets: looked at before, for its standalone margin. */
function moveEpicentre(
  { linearCount, optionLegs, fall, rise }: ScanScratch,
  leg: number,
  fraction: number,
  at: number,
): void {
  if (leg < linearCount) {
    const loss = Math.abs(fraction) * (fraction < 0 ? fall : rise).signed[leg]!;
    for (let state = 0; state < VOL_STATES; state++) own[state] = loss;
    return;
  }
  const kept = ((leg - linearCount) * FRACTIONS_MAX + at) * VOL_STATES;
  for (let state = 0; state < VOL_STATES; state++) own[state] = optionLegs.loss[kept + state]!;
}

/** One epicentre, fraction and set, all states of volatility; kept when it is the worst so far. */
function scanSet(
  { rho, count, set }: Correlations,
  portfolio: Portfolio,
  scratch: ScanScratch,
  leg: number,
  fraction: number,
  dragged: Dragged,
): void {
  const { optionLegs, linearCount, legLoss } = scratch;
  const share = Math.abs(fraction);
  for (let state = 0; state < VOL_STATES; state++) {
    losses[state] = own[state]! + share * dragged.losses;
    gains[state] = share * dragged.gains;
    // Where nothing moves, no linear leg gains and none leaves a residual.
    squares[state] = fraction === 0 ? 0 : dragged.squares;
  }
  const cells = count * scratch.underlying[leg]!;
  for (let option = 0; option < optionLegs.count; option++) {
    if (option + linearCount === leg) continue;
    const follows = rho[cells + optionLegs.underlying[option]!]!;
    legLossAt(portfolio, scratch, option, follows * fraction);
    const unexplained = 1 - follows * follows;
    for (let state = 0; state < VOL_STATES; state++) {
      const loss = legLoss.worst[state]!;
      if (loss > 0) losses[state] = losses[state]! + loss;
      else gains[state] = gains[state]! - loss;
      squares[state] = squares[state]! + unexplained * legLoss.square[state]!;
    }
  }
  for (let state = 0; state < VOL_STATES; state++) {
    const credit = gains[state]! - RESIDUAL_SHARE * Math.sqrt(squares[state]!);
    const total = (credit > 0 ? losses[state]! - credit : losses[state]!) * scratch.fade;
    if (total <= scratch.worst) continue;
    scratch.worst = total;
    scratch.epicentre = leg;
    scratch.fraction = fraction;
    scratch.set = set;
    scratch.volatility = state;
    scratch.decision = ScanDecision.epicentre;
  }
}

/** The gap of the alts with options in the book: alts at the end of their range, majors half way, any volatility. */
export function scanGapWithOptions(
  parameters: RiskParameters,
  portfolio: Portfolio,
  scratch: ScanScratch,
): void {
  const { isMajor } = parameters;
  const { optionLegs, linearCount, legLoss, fall } = scratch;
  let linear = 0;
  for (let leg = 0; leg < linearCount; leg++) {
    const isHalf = isMajor[scratch.underlying[leg]!] === 1;
    linear += isHalf ? GAP_SHARE_OF_MAJORS * fall.signed[leg]! : fall.signed[leg]!;
  }
  losses.fill(linear);
  for (let option = 0; option < optionLegs.count; option++) {
    const isHalf = isMajor[optionLegs.underlying[option]!] === 1;
    legLossAt(portfolio, scratch, option, isHalf ? -GAP_SHARE_OF_MAJORS : -1);
    for (let state = 0; state < VOL_STATES; state++) {
      losses[state] = losses[state]! + legLoss.worst[state]!;
    }
  }
  for (let state = 0; state < VOL_STATES; state++) {
    if (losses[state]! <= scratch.worst) continue;
    scratch.worst = losses[state]!;
    scratch.epicentre = NO_EPICENTRE;
    scratch.volatility = state;
    scratch.decision = ScanDecision.altGap;
  }
}
