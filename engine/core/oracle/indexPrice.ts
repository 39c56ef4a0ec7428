import { PPM_SCALE } from '../../units/rate.ts';
import type { Engine } from '../engine.ts';
import { putF, putI } from '../memory/undo.ts';
import { SOURCES_PER_UNDERLYING } from './sourceTable.ts';

/** A source silent for longer is dropped from the index. */
const SOURCE_AGE_MS_MAX = 10_000;
/** Fewer live sources than this move no index: the last one stands and grows old. */
const SOURCES_MIN = 3;
/** Sources further from the median than 3 median deviations, at least 0.5 %, are out of band. */
const BAND_DEVIATIONS = 3;
const BAND_MIN = 0.005;

const prices: number[] = [];
const deviations: number[] = [];

/** The lower median of an array, which is sorted for it. */
export function lowerMedian(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >> 1]!;
}

/**
 * Sets the index of an underlying: the lower median of the sources that are fresh and in the band.
 * All sources weigh the same; confidence is the share of those listed that took part.
 *
 * @see engine/core/oracle/README.md
 */
export function updateIndex(engine: Engine, underlying: number): void {
  const { state, undo } = engine;
  const now = state.globals.columns.timeMs[0]!;
  const listed = state.underlyings.columns.sources[underlying]!;
  const c = state.sources.columns;
  prices.length = 0;
  for (let source = 0; source < listed; source++) {
    const row = underlying * SOURCES_PER_UNDERLYING + source;
    if (c.priceE8[row]! > 0 && now - c.receivedMs[row]! <= SOURCE_AGE_MS_MAX) prices.push(c.priceE8[row]!);
  }
  keepInBand();
  const u = state.underlyings.columns;
  putI(undo, u.liveSources, underlying, prices.length);
  putI(undo, u.confidencePpm, underlying, Math.floor((prices.length * PPM_SCALE) / listed));
  if (prices.length < Math.min(SOURCES_MIN, listed)) return;
  putF(undo, u.indexE8, underlying, lowerMedian(prices));
  putF(undo, u.indexTimeMs, underlying, now);
}

/** Leaves in `prices` those within the band around their median. */
function keepInBand(): void {
  if (prices.length === 0) return;
  const median = lowerMedian(prices);
  deviations.length = 0;
  for (const price of prices) deviations.push(Math.abs(price - median));
  const width = Math.max(BAND_DEVIATIONS * lowerMedian(deviations), BAND_MIN * median);
  let kept = 0;
  for (const price of prices) if (Math.abs(price - median) <= width) prices[kept++] = price;
  prices.length = kept;
}
