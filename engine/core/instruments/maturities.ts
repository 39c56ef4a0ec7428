import type { PriceE8 } from '../../units/price.ts';
import { highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/** Row of an underlying's expiry, or NONE. */
export function findMaturity(state: State, underlying: number, expiryMs: number): number {
  const m = state.maturities.columns;
  for (let row = 0; row < highWater(state.maturities); row++) {
    if (m.underlying[row] === underlying && m.expiryMs[row] === expiryMs) return row;
  }
  return NONE;
}

/** Row of an underlying's expiry, opened with a forward at the index when there is none. */
export function ensureMaturity({ state, undo }: StateWriter, underlying: number, expiryMs: number): number {
  const found = findMaturity(state, underlying, expiryMs);
  if (found !== NONE) return found;
  const row = takeRow(undo, state.maturities);
  const m = state.maturities.columns;
  putI(undo, m.underlying, row, underlying);
  putF(undo, m.expiryMs, row, expiryMs);
  putF(undo, m.forwardRatio, row, 1);
  return row;
}

/** What a coin is worth on a day to come: the ratio that was last set, on the index of now. Rounded half up. */
export function forwardE8Of(state: State, maturity: number): PriceE8 {
  const m = state.maturities.columns;
  const indexE8 = state.underlyings.columns.indexE8[m.underlying[maturity]!]!;
  return Math.floor(indexE8 * m.forwardRatio[maturity]! + 0.5) as PriceE8;
}

/** Whether trading has ended for good. What never expires never has. */
export function hasExpired(state: State, instrument: number): boolean {
  const maturity = state.instruments.columns.maturity[instrument]!;
  return (
    maturity !== NONE && state.maturities.columns.expiryMs[maturity]! <= state.globals.columns.timeMs[0]!
  );
}
