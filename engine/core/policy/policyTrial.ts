import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { errorView, OK } from '../../protocol/errors.ts';
import type { PolicyQuestion, PolicyTrialView } from '../../protocol/views/policyTrial.ts';
import { USD_SCALE } from '../../units/money.ts';
import { judgeNode } from '../firms/judgeNode.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { type ActionFacts, placesAt } from './actionFacts.ts';
import { isPolicyValid } from './checkPolicy.ts';
import { asksOwnersWord } from './firmOwner.ts';
import { judgeSet } from './judgeAction.ts';
import { judgePolicy } from './judgePolicy.ts';
import { membersOf } from './policyOf.ts';
import { isQuorum } from './quorum.ts';

/** What a change set that is asked about is made of: one of each there may be. */
const SET_OF: readonly ActionKind[] = ['Transfer', 'PortPosition'];

/** What a move that loosens may lift. */
const LIFTED: readonly ActionKind[] = ['SetLimits', 'SetMarginCalls', 'SetNodeState'];

/** Nobody of the firm: who asks is only a role. */
const ANYBODY = -2;

/**
 * Who could do what: rules asked one question for each role, by the judge of real ones. Nothing is tried.
 *
 * @param rules in force, or a draft of them
 * @returns refusal policy.invalid or node.unknown, else what holds for each role
 */
export function policyTrialOf(
  state: State,
  firm: number,
  rules: readonly Rule[],
  question: PolicyQuestion,
): PolicyTrialView {
  if (!isPolicyValid(rules)) return { refusal: errorView('policy.invalid'), outcomes: [] };
  const { action, node, direction, movedUsd, isOwn } = question;
  if (judgeNode(state, firm, node) !== OK) return { refusal: errorView('node.unknown'), outcomes: [] };
  const subject = isOwn ? ANYBODY : NONE;
  const facts: ActionFacts = {
    ...{ ...placesAt(action, node), direction, movedUsd: movedUsd * USD_SCALE, subject },
    isOwnersWordAsked: asksOwnersWord(action),
    ...(action === 'MoveNode' && direction === 'loosen' ? { lifts: [...LIFTED] } : {}),
  };
  const timeMs = state.globals.columns.timeMs[0]!;
  const people = membersOf(state, firm);
  const policy = { rules: [...rules] };
  const outcomes = Object.values(Role).map((role) => {
    const asker = { firm, member: ANYBODY, role, timeMs, count: people.length };
    const parts = SET_OF.map((kind) => ({ kind, facts }));
    const { verdict, rules: matched } =
      action === 'ChangeSet'
        ? judgeSet(state, policy, asker, facts, parts)
        : judgePolicy(state, policy, { ...asker, action, facts }, people.length);
    const makers = people.filter((each) => each.facts.role === role).map(({ member }) => member);
    return { role, verdict, rules: matched, hasPeople: makers.some((maker) => isReachable(maker)) };

    /** Whether there are people enough to agree to what this one asks. */
    function isReachable(maker: number): boolean {
      if (verdict.is !== 'approve') return true;
      const asked = { firm, maker, facts: { ...facts, subject: NONE }, needs: verdict };
      return isQuorum(
        state,
        asked,
        people.map(({ member }) => member),
      );
    }
  });
  return { refusal: null, outcomes };
}
