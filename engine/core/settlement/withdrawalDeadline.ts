import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals } from '../../protocol/commands/policy.ts';
import type { State } from '../state.ts';

/** Deadlines that would do. */
export interface DeadlineNeeded {
  /** When the delay is over if all agree at once. */
  earliestMs: number;
  /** When it is over if the last agrees as late as they may. */
  safeMs: number;
}

/** What a withdrawal's deadline would have to be, where it passes before its policy's delay can be over; else null. */
export function deadlineNeeded(state: State, action: Action, needs: Approvals): DeadlineNeeded | null {
  if (action.kind !== 'Withdraw') return null;
  const earliestMs = state.globals.columns.timeMs[0]! + needs.delayMs;
  // What has passed already is refused by the withdrawal itself.
  if (needs.delayMs === 0 || action.deadlineMs >= earliestMs) return null;
  return { earliestMs, safeMs: earliestMs + needs.expiryMs };
}
