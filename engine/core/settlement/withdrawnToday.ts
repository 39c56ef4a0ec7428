import type { Withdraw } from '../../protocol/commands/actions.ts';
import { DAY_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { putF } from '../memory/undo.ts';
import { addedUsd, collateralUsd } from '../policy/movedValue.ts';
import type { State } from '../state.ts';

/** Micro-USD of this withdrawal and of all that was authorised for the firm since 00:00 UTC: pieces are as large as the whole. */
export function withdrawnUsd(state: State, firm: number, action: Withdraw): number {
  return addedUsd(withdrawnTodayUsd(state, firm), collateralUsd(state, action));
}

/** Notes one that is authorised just now. */
export function noteWithdrawn({ state, undo }: Engine, firm: number, action: Withdraw): void {
  const { withdrawnUsd: usd, withdrawnDay } = state.firms.columns;
  putF(undo, usd, firm, withdrawnUsd(state, firm, action));
  putF(undo, withdrawnDay, firm, dayOf(state));
}

function withdrawnTodayUsd(state: State, firm: number): number {
  const { withdrawnUsd: usd, withdrawnDay } = state.firms.columns;
  return withdrawnDay[firm] === dayOf(state) ? usd[firm]! : 0;
}

function dayOf({ globals }: State): number {
  return Math.floor(globals.columns.timeMs[0]! / DAY_MS);
}
