import { hasNoButterfly, hasNoCalendar, type SurfaceSlice } from '../../pricing/surface.ts';
import type { SetSurface } from '../../protocol/commands/types.ts';
import { InstrumentStage } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import { findMaturity } from '../instruments/maturities.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/** A forward this many times the index, or this share of it, is a mistake and not a market. */
const FORWARD_RATIO_MAX = 2;

/**
 * Sets forward and volatility of one expiry; marks follow with the next price report.
 *
 * Refusals: underlying.unknown, surface.expiryUnknown, oracle.stale (no index yet), surface.forwardInvalid,
 * surface.butterfly, surface.calendar. What was set before then stands.
 */
export function setSurface({ state, undo, out }: StateWriter, c: SetSurface): number {
  const underlying = state.directory.underlyings.findIndex(({ name }) => name === c.underlying);
  if (underlying < 0) return refusal['underlying.unknown'];
  const maturity = findMaturity(state, underlying, c.expiryMs);
  if (maturity === NONE || hasEnded(state, maturity)) return refusal['surface.expiryUnknown'];
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  if (indexE8 === 0) return refusal['oracle.stale'];
  const low = Math.ceil(indexE8 / FORWARD_RATIO_MAX);
  if (!isIntegerIn(c.forwardE8, low, indexE8 * FORWARD_RATIO_MAX)) return refusal['surface.forwardInvalid'];
  const slice = { aE8: c.aE8, bE8: c.bE8, rhoE8: c.rhoE8, mE8: c.mE8, sigmaE8: c.sigmaE8 };
  if (!hasNoButterfly(slice)) return refusal['surface.butterfly'];
  if (!standsBetweenNeighbours(state, maturity, slice)) return refusal['surface.calendar'];
  const m = state.maturities.columns;
  putF(undo, m.forwardRatio, maturity, c.forwardE8 / indexE8);
  putF(undo, m.aE8, maturity, c.aE8);
  putF(undo, m.bE8, maturity, c.bE8);
  putF(undo, m.rhoE8, maturity, c.rhoE8);
  putF(undo, m.mE8, maturity, c.mE8);
  putF(undo, m.sigmaE8, maturity, c.sigmaE8);
  putF(undo, m.surfaceMs, maturity, state.globals.columns.timeMs[0]!);
  const { expiryMs, forwardE8, aE8, bE8, rhoE8, mE8, sigmaE8 } = c;
  announce(out, TAG.SurfaceSet, underlying, expiryMs, forwardE8, aE8, bE8, rhoE8, mE8, sigmaE8);
  return OK;
}

function hasEnded(state: State, maturity: number): boolean {
  const { stage, expiryMs } = state.maturities.columns;
  return (
    stage[maturity] !== InstrumentStage.trading || expiryMs[maturity]! <= state.globals.columns.timeMs[0]!
  );
}

/** No calendar spread with any other expiry of the underlying that has a slice and still trades. */
function standsBetweenNeighbours(state: State, maturity: number, slice: SurfaceSlice): boolean {
  const m = state.maturities.columns;
  for (let other = 0; other < highWater(state.maturities); other++) {
    const isNeighbour = other !== maturity && m.underlying[other] === m.underlying[maturity];
    if (!isNeighbour || m.surfaceMs[other] === 0 || hasEnded(state, other)) continue;
    const isEarlier = m.expiryMs[other]! < m.expiryMs[maturity]!;
    const theirs = sliceOf(state, other);
    if (!(isEarlier ? hasNoCalendar(theirs, slice) : hasNoCalendar(slice, theirs))) return false;
  }
  return true;
}

/** The slice that was last set. */
export function sliceOf(state: State, maturity: number): SurfaceSlice {
  const m = state.maturities.columns;
  return {
    aE8: m.aE8[maturity]!,
    bE8: m.bE8[maturity]!,
    rhoE8: m.rhoE8[maturity]!,
    mE8: m.mE8[maturity]!,
    sigmaE8: m.sigmaE8[maturity]!,
  };
}
