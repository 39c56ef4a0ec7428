import { PPM_SCALE } from '../../units/rate.ts';
import { putCoinCaps } from '../caps/coinCaps.ts';
import { notePriced } from '../limits/dayValue.ts';
import { putF, putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';
import { firstSource } from './sources.ts';

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
  readFresh(state, underlying, listed);
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
export function updateIndex(writer: StateWriter, underlying: number): void {
  const { state, undo } = writer;
  const { indexE8, indexTimeMs } = state.underlyings.columns;
  const { priceE8 } = noteSources(writer, underlying);
  if (priceE8 === 0) return;
  const isFirst = indexE8[underlying] === 0;
  putF(undo, indexE8, underlying, priceE8);
  if (isFirst) notePriced(writer, underlying);
  putF(undo, indexTimeMs, underlying, state.globals.columns.timeMs[0]!);
  putCoinCaps(writer, underlying);
}

/** Counts the live sources of an underlying, and says what they agree on. */
export function noteSources({ state, undo }: StateWriter, underlying: number): Agreement {
  const { sources, liveSources, confidencePpm } = state.underlyings.columns;
  const listed = sources[underlying]!;
  const agreed = agreedPrice(state, underlying, listed);
  putI(undo, liveSources, underlying, agreed.live);
  putI(undo, confidencePpm, underlying, Math.floor((agreed.live * PPM_SCALE) / listed));
  return agreed;
}

/** Where sources must stand to take part. */
export interface Band {
  /** Lower median of those that are fresh, USD × 1e8; 0 while none is. */
  middleE8: number;
  /** How far from it, ≥ 0. */
  widthE8: number;
}

const band: Band = { middleE8: 0, widthE8: 0 };

/**
 * The band that the fresh sources of an underlying set for each other.
 *
 * @returns shared scratch, valid until the next call
 */
export function sourceBand(state: State, underlying: number, listed: number): Band {
  readFresh(state, underlying, listed);
  setBand();
  return band;
}

/** Whether a source has been heard within the time after which it is dropped. */
export function isSourceFresh(state: State, row: number): boolean {
  const { priceE8, receivedMs } = state.sources.columns;
  return priceE8[row]! > 0 && state.globals.columns.timeMs[0]! - receivedMs[row]! <= SOURCE_AGE_MS_MAX;
}

function readFresh(state: State, underlying: number, listed: number): void {
  const first = firstSource(state, underlying);
  prices.length = 0;
  for (let row = first; row < first + listed; row++) {
    if (isSourceFresh(state, row)) prices.push(state.sources.columns.priceE8[row]!);
  }
}

/** Leaves in `prices` those within the band around their median. */
function keepInBand(): void {
  setBand();
  let kept = 0;
  for (const price of prices) if (Math.abs(price - band.middleE8) <= band.widthE8) prices[kept++] = price;
  prices.length = kept;
}

function setBand(): void {
  band.middleE8 = prices.length === 0 ? 0 : lowerMedian(prices);
  deviations.length = 0;
  for (const price of prices) deviations.push(Math.abs(price - band.middleE8));
  const usual = prices.length === 0 ? 0 : BAND_DEVIATIONS * lowerMedian(deviations);
  band.widthE8 = Math.max(usual, BAND_MIN * band.middleE8);
}
