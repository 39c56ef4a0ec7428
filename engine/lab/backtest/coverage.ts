import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import type { RatesAt } from './assetMargins.ts';
import type { MultiplierTrack } from './multiplierTrack.ts';
import type { Tape } from './tape.ts';

/** What is held against what. Each stands for one question of a risk officer. */
export const Measure = {
  /** Does the range cover the price at the end of the horizon? What the model promises. */
  range: 0,
  /** Does the range cover the worst trade inside the horizon? What a mark must not follow. */
  wick: 1,
  /** Does maintenance margin alone cover the price at the end of the horizon? */
  maintenance: 2,
  /** Does maintenance margin cover the average price of a sale spread evenly? What a liquidation loses. */
  unwind: 3,
  /** Is an account that was opened at initial margin still above maintenance margin at the end of the horizon? */
  gap: 4,
} as const;
export type Measure = (typeof Measure)[keyof typeof Measure];
const MEASURE_COUNT = 5;

export type SideName = 'long' | 'short';

/** Counts of one side at one horizon. */
export interface SideCounts {
  readonly breaches: Int32Array;
  /** Breaches within a day of each other are one event. */
  readonly events: Int32Array;
  readonly lastMs: Float64Array;
  /** Breaches of each rate that does not move with the market, in the order they were given. */
  readonly fixed: Int32Array;
}

/** One event in which the range did not cover the price at the end of the horizon. */
export interface Breach {
  readonly asset: string;
  readonly side: SideName;
  readonly horizonHours: number;
  readonly firstMs: number;
  /** Hour in which the position would have been taken over, of the worst window. */
  worstMs: number;
  windows: number;
  move: number;
  range: number;
}

/** Coverage of one asset at one horizon over all of its tapes. */
export interface Coverage {
  readonly asset: string;
  readonly horizonHours: number;
  windows: number;
  /** Windows that start within one horizon of each other, on average: how often each hour is counted. */
  overlap: number;
  readonly long: SideCounts;
  readonly short: SideCounts;
  readonly breaches: Breach[];
  /** Windows by move ÷ range, losses of the long below zero, in steps of 1/HISTOGRAM_STEPS. */
  readonly histogram: Int32Array;
  worstRatio: number;
}

/** Moves up to ± twice the range, in twentieths of it; the outermost bins hold what lies beyond. */
export const HISTOGRAM_STEPS = 20;
export const HISTOGRAM_REACH = 2;

export function createCoverage(asset: string, horizonHours: number, fixedCount: number): Coverage {
  const counts = (): SideCounts => ({
    breaches: new Int32Array(MEASURE_COUNT),
    events: new Int32Array(MEASURE_COUNT),
    lastMs: new Float64Array(MEASURE_COUNT).fill(Number.NEGATIVE_INFINITY),
    fixed: new Int32Array(fixedCount),
  });
  return {
    asset,
    horizonHours,
    windows: 0,
    overlap: 1,
    long: counts(),
    short: counts(),
    breaches: [],
    histogram: new Int32Array(2 * HISTOGRAM_REACH * HISTOGRAM_STEPS),
    worstRatio: 0,
  };
}

/** What coverage is asked of. */
export interface CoverageRun {
  readonly tape: Tape;
  readonly track: MultiplierTrack;
  readonly ratesAt: RatesAt;
  /** Shortest horizon of the asset: what is longer is an even sale of three times the rest. */
  readonly horizonHoursMin: number;
  /** Rates of other venues, the same at all times. */
  readonly fixedRates: readonly number[];
}

/**
 * Counts one tape: a position is taken over at every bar's close and its horizon begins.
 *
 * @returns false when the bars are longer than the horizon and say nothing about it
 */
export function addCoverage(coverage: Coverage, run: CoverageRun): boolean {
  const { tape, track, ratesAt, fixedRates } = run;
  const bars = (coverage.horizonHours * HOUR_MS) / tape.barMs;
  if (bars < 1) return false;
  const saleBars = saleBarsOf(run, coverage.horizonHours);
  const ahead = Math.max(bars, saleBars);
  coverage.overlap = Math.max(coverage.overlap, bars);
  const { close, timesMs } = tape;
  for (let bar = 0; bar + ahead < close.length; bar++) {
    if (track.isWarm[bar] === 0) continue;
    // A hole inside the horizon: nobody knows what the price did at its end.
    if (timesMs[bar + ahead]! - timesMs[bar]! !== ahead * tape.barMs) continue;
    const rates = ratesAt(track.initialPpm[bar]!, track.maintenancePpm[bar]!);
    const from = close[bar]!;
    const end = close[bar + bars]! / from - 1;
    const low = lowestOf(tape.low, bar + 1, bars) / from - 1;
    const high = highestOf(tape.high, bar + 1, bars) / from - 1;
    const sale = meanOf(close, bar + 1, saleBars) / from - 1;
    const timeMs = timesMs[bar]! + tape.barMs;
    coverage.windows++;
    addToHistogram(coverage, end > 0 ? end / rates.short.range : end / rates.long.range);
    note(coverage, 'long', timeMs, rates.long, [-end, -low, -end, -sale, -end]);
    note(coverage, 'short', timeMs, rates.short, [end, high, end, sale, end]);
    for (let rate = 0; rate < fixedRates.length; rate++) {
      if (-end > fixedRates[rate]!) coverage.long.fixed[rate]!++;
      if (end > fixedRates[rate]!) coverage.short.fixed[rate]!++;
    }
  }
  return true;
}

/** An even sale over T has the variance of T ÷ 3, so what h has beyond the shortest horizon is sold over 3·(h − h_min). */
function saleBarsOf({ tape, horizonHoursMin }: CoverageRun, horizonHours: number): number {
  const saleHours = Math.max(horizonHoursMin, 3 * (horizonHours - horizonHoursMin));
  return Math.max(1, Math.ceil((saleHours * HOUR_MS) / tape.barMs));
}

type Rated = ReturnType<RatesAt>['long'];

function note(
  coverage: Coverage,
  side: SideName,
  timeMs: number,
  { range, maintenance, initial }: Rated,
  losses: readonly number[],
): void {
  const counts = coverage[side];
  const limits = [range, range, maintenance, maintenance, initial - maintenance];
  for (let measure = 0; measure < MEASURE_COUNT; measure++) {
    const loss = losses[measure]!;
    if (loss <= limits[measure]!) continue;
    const isNew = timeMs - counts.lastMs[measure]! > DAY_MS;
    counts.breaches[measure]!++;
    counts.lastMs[measure] = timeMs;
    if (isNew) counts.events[measure]!++;
    if (measure === Measure.range) noteBreach(coverage, side, timeMs, loss, range, isNew);
  }
  coverage.worstRatio = Math.max(coverage.worstRatio, losses[Measure.range]! / range);
}

function noteBreach(
  coverage: Coverage,
  side: SideName,
  timeMs: number,
  move: number,
  range: number,
  isNew: boolean,
): void {
  const { asset, horizonHours, breaches } = coverage;
  if (isNew) {
    breaches.push({ asset, side, horizonHours, firstMs: timeMs, worstMs: timeMs, windows: 1, move, range });
    return;
  }
  const event = breaches.findLast((breach) => breach.side === side)!;
  event.windows++;
  if (move / range <= event.move / event.range) return;
  event.worstMs = timeMs;
  event.move = move;
  event.range = range;
}

function addToHistogram(coverage: Coverage, ratio: number): void {
  const place = Math.floor((ratio + HISTOGRAM_REACH) * HISTOGRAM_STEPS);
  const bin = Math.min(coverage.histogram.length - 1, Math.max(0, place));
  coverage.histogram[bin]!++;
}

function lowestOf(column: Float64Array, from: number, count: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = from; at < from + count; at++) if (column[at]! < lowest) lowest = column[at]!;
  return lowest;
}

function highestOf(column: Float64Array, from: number, count: number): number {
  let highest = 0;
  for (let at = from; at < from + count; at++) if (column[at]! > highest) highest = column[at]!;
  return highest;
}

function meanOf(column: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += column[at]!;
  return sum / count;
}
