import { PPM_SCALE } from '../../units/rate.ts';
import { MINUTE_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import { SAMPLES_PER_AVERAGE } from './averageTable.ts';

/** USD × 1e8 per coin in a micro-USD per coin. */
const E8_PER_MICRO_USD = 100;

/**
 * Takes the mark of an underlying into its hour's average, once a minute, and says how far the average lies
 * from the mark: what new risk and withdrawals may not count on. Called for renewed indexes only, so silence
 * leaves no sample; an hour with gaps is the mean of what was seen in it.
 *
 * @see engine/core/margin/credit.ts
 */
export function updateAverage(engine: Engine, underlying: number): void {
  const { state, undo } = engine;
  const a = state.averages.columns;
  const priceE8 = valuedE8(state, underlying);
  const minute = Math.floor(state.globals.columns.timeMs[0]! / MINUTE_MS);
  if (minute !== a.minute[underlying]) takeSample(engine, underlying, minute, priceE8);
  const gapPpm = (a.averageE8[underlying]! / priceE8 - 1) * PPM_SCALE;
  putF(undo, a.gap, underlying, Math.floor(gapPpm + 0.5) / PPM_SCALE);
}

/** What positions of an underlying are valued at: the mark of its perpetual, or its index while there is none. USD × 1e8 per coin. */
function valuedE8(state: State, underlying: number): number {
  const { perpetual, indexE8 } = state.underlyings.columns;
  const instrument = perpetual[underlying]!;
  if (instrument === NONE) return indexE8[underlying]!;
  const { mark, lotsPerUnit } = state.instruments.columns;
  return mark[instrument]! * lotsPerUnit[instrument]! * E8_PER_MICRO_USD;
}

function takeSample(engine: Engine, underlying: number, minute: number, priceE8: number): void {
  const { state, undo } = engine;
  const a = state.averages.columns;
  const sample = state.averageSamples.columns;
  const first = underlying * SAMPLES_PER_AVERAGE;
  const at = first + (minute % SAMPLES_PER_AVERAGE);
  putF(undo, sample.minute, at, minute);
  putF(undo, sample.priceE8, at, priceE8);
  let sum = 0;
  let count = 0;
  for (let row = first; row < first + SAMPLES_PER_AVERAGE; row++) {
    if (sample.minute[row]! <= minute - SAMPLES_PER_AVERAGE) continue;
    sum += sample.priceE8[row]!;
    count++;
  }
  putF(undo, a.minute, underlying, minute);
  // Exact under 1.5 M USD per coin; above, doubles still add the same in the same order everywhere.
  putF(undo, a.averageE8, underlying, Math.floor(sum / count + 0.5));
}
