import { InstrumentStage } from '../../protocol/enums.ts';
import type { PriceE8 } from '../../units/price.ts';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { putF, putI } from '../memory/undo.ts';
import { ORACLE_AGE_MS_MAX } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/** Contracts settle at the mean of the index over this long before their expiry. */
export const TWAP_MS = 30 * MINUTE_MS;
const SAMPLE_MS = 5 * SECOND_MS;

/**
 * Takes a sample of the index for an expiry when one is due: every five seconds of its last half hour,
 * from a fresh index only. If none could be taken, the first fresh index after the expiry stands for all.
 */
export function sampleIndex(writer: StateWriter, maturity: number): void {
  const { state, undo } = writer;
  const m = state.maturities.columns;
  const now = state.globals.columns.timeMs[0]!;
  const expiryMs = m.expiryMs[maturity]!;
  if (m.stage[maturity] !== InstrumentStage.trading || now < expiryMs - TWAP_MS) return;
  const isLate = now >= expiryMs;
  if (isLate ? m.twapSamples[maturity] !== 0 : now - m.twapSampleMs[maturity]! < SAMPLE_MS) return;
  const u = state.underlyings.columns;
  const underlying = m.underlying[maturity]!;
  if (u.indexE8[underlying] === 0 || now - u.indexTimeMs[underlying]! > ORACLE_AGE_MS_MAX) return;
  putF(undo, m.twapSampleMs, maturity, now - (now % SAMPLE_MS));
  putI(undo, m.twapSamples, maturity, m.twapSamples[maturity]! + 1);
  // Exact under 25 M USD per coin; above, doubles still add the same in the same order everywhere.
  putF(undo, m.twapSum, maturity, m.twapSum[maturity]! + u.indexE8[underlying]!);
}

/**
 * How much of the settlement's average lies behind: marks move over to what was sampled by this share, so
 * that the last of them is the settlement price.
 *
 * @returns 0 until half an hour before the expiry and while nothing was sampled, 1 at the expiry
 */
export function fixedShare(state: State, maturity: number): number {
  const { expiryMs, twapSamples } = state.maturities.columns;
  if (twapSamples[maturity] === 0) return 0;
  const leftMs = Math.max(0, expiryMs[maturity]! - state.globals.columns.timeMs[0]!);
  return leftMs >= TWAP_MS ? 0 : 1 - leftMs / TWAP_MS;
}

/** The mean of what was sampled, rounded to nearest. */
export function fixedPriceE8(state: State, maturity: number): PriceE8 {
  const { twapSum, twapSamples } = state.maturities.columns;
  return Math.floor(twapSum[maturity]! / twapSamples[maturity]! + 0.5) as PriceE8;
}
