import { createRiskParameters, type RiskParameters } from '../../core/margin/parameters.ts';
import { addPosition, clearPortfolio, createPortfolio, type Portfolio } from '../../core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd } from '../../core/margin/requirement.ts';
import { computeScan } from '../../core/margin/scan.ts';
import { createScanScratch } from '../../core/margin/scratch.ts';
import { USD_SCALE } from '../../units/money.ts';
import type { Ppm } from '../../units/rate.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import type { Book } from './books.ts';
import type { Panel } from './panel.ts';
import { countLiquidatedByRise, largestRise, RISE_WINDOWS_MS, type Rise } from './procyclicality.ts';
import { STRESS_WINDOWS } from './stressWindows.ts';
import { firstAtOrAfter } from './tape.ts';

/** The size of a book: dust, or so that its slowest leg takes half a day to close. */
export const BOOK_SIZES = ['small', 'large'] as const;
export type BookSize = (typeof BOOK_SIZES)[number];
const SMALL_GROSS_USD = 10_000 * USD_SCALE;
const LARGE_HORIZON_DAYS = 0.5;

/** What a book was asked against what it lost. */
export const BookMeasure = {
  /** Scan against each leg's loss at the end of that leg's own horizon. */
  scan: 0,
  /** Maintenance margin against the same. */
  maintenance: 1,
  /** Scan against the loss when every leg waits for the slowest. */
  scanSlowest: 2,
  /** What lies between initial and maintenance margin against each leg's loss: is a fresh account still there? */
  gap: 3,
} as const;
const BOOK_MEASURE_COUNT = 4;

export interface BookStudy {
  readonly panel: string;
  readonly book: Book;
  readonly size: BookSize;
  readonly windows: number;
  readonly overlap: number;
  readonly breaches: Int32Array;
  readonly events: Int32Array;
  /** Worst loss as a multiple of the scan that stood against it, and when. */
  readonly worstRatio: number;
  readonly worstMs: number;
  /** Averages as shares of gross notional; `alone` is what opening the legs takes one by one. */
  readonly initial: number;
  readonly maintenance: number;
  readonly alone: number;
  readonly rises: readonly Rise[];
  readonly liquidatedByRise: number;
  /** Worst loss ÷ scan in each stress window, NaN where the panel has no hour of it. */
  readonly stress: readonly number[];
}

/** Parameters of every hour of a panel; hours with the same multipliers share them. */
export function parametersByHour(panel: Panel): RiskParameters[] {
  let last: RiskParameters | undefined;
  return Array.from(panel.timesMs, (_, bar) => {
    const isSame = (columns: readonly Int32Array[]) =>
      columns.every((column) => column[bar] === column[Math.max(0, bar - 1)]);
    if (last !== undefined && isSame(panel.initialPpm) && isSame(panel.maintenancePpm)) return last;
    const fresh = createRiskParameters({
      ...panel.source,
      underlyings: panel.source.underlyings.map((risk, u) => ({
        ...risk,
        muInitialPpm: panel.initialPpm[u]![bar] as Ppm,
        muMaintenancePpm: panel.maintenancePpm[u]![bar] as Ppm,
      })),
    });
    // Correlations do not change with the hour; keeping one copy keeps years of hours in memory.
    last = last === undefined ? fresh : { ...fresh, low: last.low, high: last.high };
    return last;
  });
}

const portfolio = createPortfolio();
const scratch = createScanScratch();

/** Holds one book, rebalanced to the same shares every hour, through a panel. */
export function studyBook(
  panel: Panel,
  hours: readonly RiskParameters[],
  book: Book,
  size: BookSize,
): BookStudy {
  const notionals = panel.assets.map((asset) => book.shares.get(asset) ?? 0);
  const gross = size === 'small' ? SMALL_GROSS_USD : grossOfLarge(hours[0]!, notionals);
  for (let u = 0; u < notionals.length; u++) notionals[u] = Math.round(notionals[u]! * gross);
  fill(portfolio, notionals);
  const bars = barsOf(hours[0]!, notionals);
  const slowest = Math.max(...bars);
  const slowBars = bars.map((own) => (own > 0 ? slowest : 0));
  const count = panel.timesMs.length - slowest;
  const counts = new Counts();
  const initial = new Float64Array(count);
  const maintenance = new Float64Array(count);
  const ratio = new Float64Array(count);
  let aloneSum = 0;
  for (let bar = 0; bar < count; bar++) {
    const parameters = hours[bar]!;
    initial[bar] = initialMarginUsd(parameters, portfolio);
    maintenance[bar] = maintenanceMarginUsd(parameters, portfolio);
    computeScan(parameters, portfolio, 'initial', scratch);
    aloneSum += scratch.standaloneSum;
    const scan = computeScan(parameters, portfolio, 'maintenance', scratch);
    const loss = lossOf(panel, notionals, bar, bars);
    ratio[bar] = loss / scan;
    const slowLoss = lossOf(panel, notionals, bar, slowBars);
    counts.note(panel.timesMs[bar]! + HOUR_MS, [
      loss > scan,
      loss > maintenance[bar]!,
      slowLoss > scan,
      loss > initial[bar]! - maintenance[bar]!,
    ]);
  }
  const worst = ratio.reduce((best, value, at) => (value > ratio[best]! ? at : best), 0);
  const timesMs = panel.timesMs.subarray(0, count);
  return {
    panel: panel.name,
    book,
    size,
    windows: count,
    overlap: slowest,
    breaches: counts.breaches,
    events: counts.events,
    worstRatio: ratio[worst]!,
    worstMs: timesMs[worst]! + HOUR_MS,
    initial: meanOf(initial) / gross,
    maintenance: meanOf(maintenance) / gross,
    alone: aloneSum / count / gross,
    rises: RISE_WINDOWS_MS.map((windowMs) => largestRise(initial, timesMs, windowMs)),
    liquidatedByRise: countLiquidatedByRise(initial, maintenance, timesMs, 5 * DAY_MS) / count,
    stress: STRESS_WINDOWS.map(({ fromMs, untilMs }) => worstWithin(ratio, timesMs, fromMs, untilMs)),
  };
}

/** Breaches of each measure; those within a day of each other are one event. */
class Counts {
  readonly breaches = new Int32Array(BOOK_MEASURE_COUNT);
  readonly events = new Int32Array(BOOK_MEASURE_COUNT);
  readonly #lastMs = new Float64Array(BOOK_MEASURE_COUNT).fill(Number.NEGATIVE_INFINITY);

  note(timeMs: number, isBreached: readonly boolean[]): void {
    for (let measure = 0; measure < BOOK_MEASURE_COUNT; measure++) {
      if (!isBreached[measure]) continue;
      this.breaches[measure]!++;
      if (timeMs - this.#lastMs[measure]! > DAY_MS) this.events[measure]!++;
      this.#lastMs[measure] = timeMs;
    }
  }
}

function fill(into: Portfolio, notionals: readonly number[]): void {
  clearPortfolio(into);
  for (const [u, notional] of notionals.entries()) if (notional !== 0) addPosition(into, u, notional);
}

/** Gross notional at which the slowest leg needs half a day: D = (h − h_min) · 0.6 · ADV. */
function grossOfLarge(parameters: RiskParameters, shares: readonly number[]): number {
  const grosses = shares.flatMap((share, u) => {
    const beyondMin = LARGE_HORIZON_DAYS - parameters.horizonDaysMin[u]!;
    return share === 0 ? [] : [(beyondMin * parameters.unwindUsdPerDay[u]!) / Math.abs(share)];
  });
  return Math.min(...grosses);
}

/** Whole hours of each leg's horizon, 0 where there is no leg. */
function barsOf(parameters: RiskParameters, notionals: readonly number[]): number[] {
  return notionals.map((notional, u) => {
    if (notional === 0) return 0;
    const days = parameters.horizonDaysMin[u]! + Math.abs(notional) / parameters.unwindUsdPerDay[u]!;
    // A small book's horizon is a hair over its shortest.
    return Math.max(1, Math.ceil(days * 24 - 0.01));
  });
}

function lossOf(panel: Panel, notionals: readonly number[], bar: number, bars: readonly number[]): number {
  let loss = 0;
  for (let u = 0; u < notionals.length; u++) {
    const close = panel.close[u]!;
    loss -= notionals[u]! * (close[bar + bars[u]!]! / close[bar]! - 1);
  }
  return loss;
}

function worstWithin(ratio: Float64Array, timesMs: Float64Array, fromMs: number, untilMs: number): number {
  const inside = ratio.subarray(firstAtOrAfter(timesMs, fromMs), firstAtOrAfter(timesMs, untilMs));
  return inside.length === 0 ? Number.NaN : inside.reduce((worst, value) => Math.max(worst, value));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
