import { OK, refusal } from '../../protocol/errors.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import { judgeAction, ownersOf } from '../policy/judgeAction.ts';
import { mostRestrictive } from '../policy/judgePolicy.ts';
import { membersOf, policyOf } from '../policy/policyOf.ts';
import type { Asked } from '../policy/quorum.ts';
import type { State } from '../state.ts';

/** Whose agreement a proposal asks for by how things stand, and why. */
export interface AskedNow extends Asked {
  /** OK, or policy.denied: whoever asked might not ask any more. */
  code: number;
  /** Rules that asked when it was opened, then those that ask beside them by now. */
  rules: string[];
}

/**
 * What a proposal needs as things stand: all it needed when it was opened, and all the policy asks of its maker for it
 * by now. What was small alone may be large by the end of a day, so nothing is agreed to by fewer than it needs when
 * it is done. Hours of a rule are those of when it was asked for.
 */
export function askedNow(state: State, proposal: ProposalView): AskedNow {
  const { firm, maker, action, needs, proposedMs, proposal: openedBefore } = proposal;
  const { role } = state.directory.members[maker]!;
  const count = membersOf(state, firm).length;
  const asker = { firm, member: maker, role, timeMs: proposedMs, count, openedBefore };
  const { verdict, facts, rules } = judgeAction(state, policyOf(state, firm), asker, action);
  return {
    firm,
    maker,
    facts,
    needs: verdict.is === 'approve' ? mostRestrictive([needs, verdict], ownersOf(state)) : needs,
    code: verdict.is === 'deny' ? refusal['policy.denied'] : OK,
    rules: [...new Set([...proposal.rules, ...rules])],
  };
}
