import { PPM_SCALE } from '../../units/rate.ts';
import type { Engine } from '../engine.ts';
import { putF, putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import { firstSource } from './sourceTable.ts';

/** A source silent for longer is dropped from the index. */
export const SOURCE_AGE_MS_MAX = 10_000;
/** Fewer live sources than this move no index: the last one stands and grows old. */
const SOURCES_MIN = 3;
/** Sources further from the median than 3 median deviations, at least 0.5 %, are out of band. */
const BAND_DEVIATIONS = 3;
const BAND_MIN = 0.005;

const prices: number[] = [];
const deviations: number[] = [];

/** What the sources of one price say together. */
export interface Agreement {
  /** Sources that are fresh and stand in the band. */
  live: number;
  /** Their lower median, USD × 1e8; 0 while fewer of them are live than a price needs. */
  priceE8: number;
}

const agreement: Agreement = { live: 0, priceE8: 0 };

/** The lower median of an array, which is sorted for it. */
export function lowerMedian(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[(values.length - 1) >> 1]!;
}

/** Live sources that an index needs: three, or all where fewer are listed. */
export function sourcesNeeded(listed: number): number {
  return Math.min(SOURCES_MIN, listed);
}

/**
 * What the sources of an underlying, or of the settlement currency, agree on: the lower median of those that
 * are fresh and in the band. All weigh the same.
 *
 * @returns shared scratch, valid until the next call
 */
export function agreedPrice(state: State, underlying: number, listed: number): Agreement {
  const now = state.globals.columns.timeMs[0]!;
  const { priceE8, receivedMs } = state.sources.columns;
  const first = firstSource(state, underlying);
  prices.length = 0;
  for (let row = first; row < first + listed; row++) {
    if (priceE8[row]! > 0 && now - receivedMs[row]! <= SOURCE_AGE_MS_MAX) prices.push(priceE8[row]!);
  }
  keepInBand();
  agreement.live = prices.length;
  const isAgreed = prices.length > 0 && prices.length >= sourcesNeeded(listed);
  agreement.priceE8 = isAgreed ? lowerMedian(prices) : 0;
  return agreement;
}

/**
 * Sets the index of an underlying to what its sources agree on; confidence is the share of those listed that
 * took part. Without agreement the last index stands and grows old.
 *
 * @see engine/core/oracle/README.md
 */
export function updateIndex(engine: Engine, underlying: number): void {
  const { state, undo } = engine;
  const { indexE8, indexTimeMs } = state.underlyings.columns;
  const { priceE8 } = noteSources(engine, underlying);
  if (priceE8 === 0) return;
  putF(undo, indexE8, underlying, priceE8);
  putF(undo, indexTimeMs, underlying, state.globals.columns.timeMs[0]!);
}

/** Counts the live sources of an underlying, and says what they agree on. */
export function noteSources({ state, undo }: Engine, underlying: number): Agreement {
  const { sources, liveSources, confidencePpm } = state.underlyings.columns;
  const listed = sources[underlying]!;
  const agreed = agreedPrice(state, underlying, listed);
  putI(undo, liveSources, underlying, agreed.live);
  putI(undo, confidencePpm, underlying, Math.floor((agreed.live * PPM_SCALE) / listed));
  return agreed;
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
