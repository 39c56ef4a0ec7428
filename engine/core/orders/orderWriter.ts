import type { MatchPlan } from '../book/matchPlan.ts';
import type { StateWriter } from '../stateWriter.ts';
import type { Intent } from './intent.ts';

/** A state with the order at hand: what it wants and what it would match. */
export interface OrderWriter extends StateWriter {
  readonly intent: Intent;
  readonly plan: MatchPlan;
}
