import { assert } from '../../units/assert.ts';
import { PPM_SCALE, type Ppm } from '../../units/rate.ts';
import { HOUR_MS, type TimeMs } from '../../units/time.ts';
import { MU_CAP_PPM, MU_FALL_PERCENT, MU_RISE_PERCENT } from './defaultParameters.ts';

/** The multiplier of a calm market, and the least it ever is: the range never shrinks below its reference. */
export const MU_ONE_PPM = PPM_SCALE as Ppm;

/** How far and how fast a multiplier may go. */
export interface MultiplierLimits {
  readonly capPpm: Ppm;
  /** Most it rises and falls in an hour, in percent of itself. */
  readonly risePercent: number;
  readonly fallPercent: number;
}

export const MULTIPLIER_LIMITS: MultiplierLimits = {
  capPpm: MU_CAP_PPM,
  risePercent: MU_RISE_PERCENT,
  fallPercent: MU_FALL_PERCENT,
};

/** What an average keeps of its past when the next return arrives, and how many returns make a day. */
export interface Sampling {
  readonly fastDecay: number;
  readonly slowDecay: number;
  readonly perDay: number;
}

/** Returns of one minute: half-lives of 30 minutes and of one day, 0.5^(1/30) and 0.5^(1/1440). */
export const ONE_MINUTE_SAMPLING: Sampling = {
  fastDecay: 0.9771599684342459,
  slowDecay: 0.9995187636226662,
  perDay: 1_440,
};

/** Two running variances of the index, both scaled to one day: what the last half hour and the last day were like. */
export interface Variances {
  fast: number;
  slow: number;
}

/** Averages of a market that has just been listed: at its reference volatility, so that its multiplier is 1. */
export function startVariances(sigmaPpm: Ppm): Variances {
  const sigma = sigmaPpm / PPM_SCALE;
  return { fast: sigma * sigma, slow: sigma * sigma };
}

/**
 * Takes one more return into both averages.
 *
 * @param indexReturn simple return of the index since the last sample, as a fraction
 * @example at rest, a return of 1 % in one minute → fast 0.0033, which alone is 5.7 % a day
 */
export function observeReturn(variances: Variances, sampling: Sampling, indexReturn: number): void {
  const daily = indexReturn * indexReturn * sampling.perDay;
  variances.fast = sampling.fastDecay * variances.fast + (1 - sampling.fastDecay) * daily;
  variances.slow = sampling.slowDecay * variances.slow + (1 - sampling.slowDecay) * daily;
}

/**
 * Where the multiplier wants to be: the larger of both volatilities over the reference, 1 to the cap.
 *
 * @returns rounded up, against the account
 * @see engine/core/margin/README.md, Range
 * @example σ_ref 3.5 %, averages 5.25 % and 4 % a day → 1.5
 */
export function targetMultiplierPpm(
  variances: Variances,
  sigmaPpm: Ppm,
  limits: MultiplierLimits = MULTIPLIER_LIMITS,
): Ppm {
  assert(sigmaPpm > 0, 'a multiplier is measured against a volatility above zero');
  const ratio = (Math.sqrt(Math.max(variances.fast, variances.slow)) * PPM_SCALE) / sigmaPpm;
  const targetPpm = Math.ceil(ratio * PPM_SCALE);
  return Math.min(limits.capPpm, Math.max(MU_ONE_PPM, targetPpm)) as Ppm;
}

/**
 * The multiplier one hour later: towards the target by at most 5 % up or 2 % down.
 *
 * @returns up rounded down and down rounded up, so that neither limit is passed
 * @example 1.00 towards 4.00 → 1.05; 4.00 towards 1.00 → 3.92
 */
export function stepMultiplierPpm(
  currentPpm: Ppm,
  targetPpm: Ppm,
  limits: MultiplierLimits = MULTIPLIER_LIMITS,
): Ppm {
  const highest = Math.floor((currentPpm * (100 + limits.risePercent)) / 100);
  const lowest = Math.ceil((currentPpm * (100 - limits.fallPercent)) / 100);
  return Math.min(highest, Math.max(lowest, targetPpm)) as Ppm;
}

/** The multiplier of risk already held: what it is, and what it will be at a time that everyone has been told. */
export interface MultiplierSchedule {
  readonly nowPpm: Ppm;
  readonly nextPpm: Ppm;
  readonly nextAtMs: TimeMs;
}

export function startSchedule(timeMs: TimeMs): MultiplierSchedule {
  return { nowPpm: MU_ONE_PPM, nextPpm: MU_ONE_PPM, nextAtMs: nextHourAfter(timeMs) };
}

/**
 * Lets the announced multiplier come true at its hour and announces the next.
 *
 * What was announced holds, whatever the target does meanwhile: an account always has an hour's notice.
 * A pause of several hours makes several steps, each within the limit.
 *
 * @returns the same schedule while its hour has not come
 */
export function advanceSchedule(
  schedule: MultiplierSchedule,
  targetPpm: Ppm,
  timeMs: TimeMs,
  limits: MultiplierLimits = MULTIPLIER_LIMITS,
): MultiplierSchedule {
  let { nowPpm, nextPpm, nextAtMs } = schedule;
  if (timeMs < nextAtMs) return schedule;
  while (timeMs >= nextAtMs) {
    nowPpm = nextPpm;
    nextPpm = stepMultiplierPpm(nowPpm, targetPpm, limits);
    nextAtMs = (nextAtMs + HOUR_MS) as TimeMs;
  }
  return { nowPpm, nextPpm, nextAtMs };
}

/** New risk pays the higher of both at once: it never pays less than old, nor less than the market asks. */
export function initialMultiplierPpm(targetPpm: Ppm, maintenancePpm: Ppm): Ppm {
  return Math.max(targetPpm, maintenancePpm) as Ppm;
}

/** One line of the published schedule: from this time on, this multiplier. */
export interface MultiplierStep {
  readonly atMs: TimeMs;
  readonly muPpm: Ppm;
}

/**
 * The hours ahead: "MM 12,400 now, 13,100 at 15:00", once the account is evaluated at each step.
 *
 * The first step is announced and binds; those behind it hold if the target stays where it is.
 *
 * @returns in order of time, empty when nothing will change
 * @example 1.00 now, 1.05 at 15:00, target 1.12 → [15:00 1.05, 16:00 1.1025, 17:00 1.12]
 */
export function scheduleOf(schedule: MultiplierSchedule, targetPpm: Ppm): MultiplierStep[] {
  const steps: MultiplierStep[] = [];
  let last = schedule.nowPpm;
  let muPpm = schedule.nextPpm;
  let atMs = schedule.nextAtMs;
  while (muPpm !== last || muPpm !== targetPpm) {
    if (muPpm !== last) steps.push({ atMs, muPpm });
    last = muPpm;
    muPpm = stepMultiplierPpm(muPpm, targetPpm);
    atMs = (atMs + HOUR_MS) as TimeMs;
  }
  return steps;
}

function nextHourAfter(timeMs: TimeMs): TimeMs {
  return ((Math.floor(timeMs / HOUR_MS) + 1) * HOUR_MS) as TimeMs;
}
