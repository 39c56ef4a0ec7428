import { DAY_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import { addedUsd } from './movedValue.ts';

/** Micro-USD that a firm's people have moved since 00:00 UTC without anybody else's agreement. */
export function movedTodayUsd(state: State, firm: number): number {
  const { movedUsd, movedDay } = state.firms.columns;
  return movedDay[firm] === dayOf(state) ? movedUsd[firm]! : 0;
}

/** Notes what was moved just now: a large sum in pieces is as large as all of them. */
export function noteMoved({ state, undo }: Engine, firm: number, usd: number): void {
  const { movedUsd, movedDay } = state.firms.columns;
  putF(undo, movedUsd, firm, addedUsd(movedTodayUsd(state, firm), usd));
  putF(undo, movedDay, firm, dayOf(state));
}

function dayOf({ globals }: State): number {
  return Math.floor(globals.columns.timeMs[0]! / DAY_MS);
}
