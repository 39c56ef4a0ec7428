import { greeksOf } from '../../pricing/black76.ts';
import { fillRiskVector, RISK_CELLS } from '../../pricing/riskVector.ts';
import { InstrumentKind } from '../../protocol/enums.ts';
import { USD_SCALE } from '../../units/money.ts';
import { roundHalfAway } from '../../units/round.ts';
import { SECOND_MS } from '../../units/time.ts';
import { bestTicks, ladderOf } from '../book/ladder.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { orderBookOf } from '../orders/books.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';
import { hasSurface, type OptionTerms, optionTermsOf } from './optionTerms.ts';

/** Vectors one price report may make again: about a millisecond. */
export const REPRICED_MAX = 25;

/** A vector is made again when the forward has moved by 10 bp, the volatility by a point, or after 5 s. */
const MOVE_MAX = 0.001;
const VOLATILITY_MOVE_MAX = 0.01;
const AGE_MS_MAX = 5 * SECOND_MS;

const vector = new Float64Array(RISK_CELLS);
const due: number[] = [];

/**
 * Makes the risk vectors that are due again, at most REPRICED_MAX: those somebody holds or quotes first,
 * then the stalest, then by number.
 */
export function repriceOptions(writer: StateWriter): void {
  const { state } = writer;
  const { kind } = state.instruments.columns;
  due.length = 0;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    if (kind[instrument] !== InstrumentKind.option || !isPriced(state, instrument)) continue;
    if (isVectorStale(state, instrument, optionTermsOf(state, instrument))) due.push(instrument);
  }
  if (due.length > REPRICED_MAX) {
    const { vectorMs } = state.options.columns;
    const isWanted = (instrument: number): number => (hasInterest(state, instrument) ? 0 : 1);
    due.sort((a, b) => isWanted(a) - isWanted(b) || vectorMs[a]! - vectorMs[b]! || a - b);
  }
  const count = Math.min(due.length, REPRICED_MAX);
  for (let at = 0; at < count; at++) reprice(writer, due[at]!, optionTermsOf(state, due[at]!));
}

/** Before an order is judged: its option's vector as the rule wants it. */
export function refreshVector(writer: StateWriter, instrument: number): void {
  const { state } = writer;
  if (!isPriced(state, instrument)) return;
  const terms = optionTermsOf(state, instrument);
  if (isVectorStale(state, instrument, terms)) reprice(writer, instrument, terms);
}

function isPriced(state: State, instrument: number): boolean {
  return !hasExpired(state, instrument) && hasSurface(state, instrument);
}

function isVectorStale(state: State, instrument: number, terms: OptionTerms): boolean {
  const { vectorMs, vectorForward, vectorVolatility } = state.options.columns;
  const made = vectorMs[instrument]!;
  if (made === 0 || state.globals.columns.timeMs[0]! - made > AGE_MS_MAX) return true;
  const before = vectorForward[instrument]!;
  if (Math.abs(terms.forward - before) > before * MOVE_MAX) return true;
  return Math.abs(terms.volatility - vectorVolatility[instrument]!) > VOLATILITY_MOVE_MAX;
}

function hasInterest(state: State, instrument: number): boolean {
  if (state.instruments.columns.openInterest[instrument] !== 0) return true;
  const book = orderBookOf(instrument);
  return (
    bestTicks(state.book, ladderOf(book, 0)) !== NONE || bestTicks(state.book, ladderOf(book, 1)) !== NONE
  );
}

function reprice({ state, undo }: StateWriter, instrument: number, terms: OptionTerms): void {
  const { forward, strike, volatility, years, isCall, unitsPerLot } = terms;
  fillRiskVector(vector, 0, terms);
  const { change } = state.riskCells.columns;
  const from = instrument * RISK_CELLS;
  for (let cell = 0; cell < RISK_CELLS; cell++) putF(undo, change, from + cell, vector[cell]!);
  const { delta } = greeksOf(forward, strike, volatility, years, isCall);
  const o = state.options.columns;
  putF(undo, o.deltaUsdPerLot, instrument, roundHalfAway(delta * forward * unitsPerLot * USD_SCALE));
  putF(undo, o.vectorMs, instrument, state.globals.columns.timeMs[0]!);
  putF(undo, o.vectorForward, instrument, forward);
  putF(undo, o.vectorVolatility, instrument, volatility);
}
