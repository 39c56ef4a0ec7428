import type { ActionKind } from '../commands/actionNumbers.ts';
import type { Direction, Verdict } from '../commands/policy.ts';
import type { Role } from '../enums.ts';
import type { ErrorView } from '../errors.ts';

/** What rules are asked: an action somewhere in the tree, worth so much. */
export interface PolicyQuestion {
  action: ActionKind;
  /** Place it takes from and gives to; what has none in the tree is asked of the whole firm. */
  node: number;
  direction: Direction;
  /** Whole USD it moves; 0 for what moves nothing. */
  movedUsd: number;
  /** Whether it concerns who asks alone. */
  isOwn: boolean;
}

/** POST /api/v1/firm/policy/trial: what rules, in force or a draft, say to each role. */
export interface PolicyTrialView {
  /** Null when the rules can be a policy and the place is the firm's. */
  refusal: ErrorView | null;
  outcomes: RoleOutcomeView[];
}

export interface RoleOutcomeView {
  role: Role;
  verdict: Verdict;
  /** Rules that match, by their ids; none: nothing allows it. */
  rules: string[];
  /** Whether somebody has the role, and there are people enough to agree. */
  hasPeople: boolean;
}
