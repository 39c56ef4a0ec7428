import { IsolationRule } from '../../protocol/enums.ts';
import { MINUTE_MS } from '../../units/time.ts';
import type { State } from '../state.ts';

/** A window lasts at least this long … */
export const WINDOW_MS_MIN = 10 * MINUTE_MS;

/** … and until no rule has held for this long. */
const CLEAN_MS = 5 * MINUTE_MS;

/** Whether an underlying stands alone now: only orders that reduce pass, its gains lend nothing, no funding is paid. */
export function isIsolated(state: State, underlying: number): boolean {
  return state.isolations.columns.rule[underlying] !== IsolationRule.none;
}

/** When the window of an underlying ends if no rule holds again: engine time, of one that runs. */
export function earliestEndMs(state: State, underlying: number): number {
  const { startMs, heldMs } = state.isolations.columns;
  const cleanSinceMs = Math.max(heldMs[underlying]!, state.globals.columns.awakeMs[0]!);
  return Math.max(startMs[underlying]! + WINDOW_MS_MIN, cleanSinceMs + CLEAN_MS);
}
