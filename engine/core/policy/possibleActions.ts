import { type ActionKind, actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import type { Direction } from '../../protocol/commands/policy.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import type { ActionFacts } from './actionFacts.ts';
import { judgePolicy } from './judgePolicy.ts';
import { membersOf, policyOf } from './policyOf.ts';
import { isQuorum } from './quorum.ts';

const DIRECTIONS: readonly Direction[] = ['loosen', 'tighten'];

/**
 * What somebody of a firm could have done anywhere in it, in either direction, were all to agree who may. What leaves
 * this set when a member goes or a rule changes is what the firm could not do any more.
 */
export function possibleActions(state: State, firm: number): Set<ActionKind> {
  const root = state.firms.columns.root[firm]!;
  const kinds = Object.keys(actionNumbers) as ActionKind[];
  return new Set(
    kinds.filter((action) =>
      DIRECTIONS.some((direction) => {
        const facts = { from: [root], to: [root], direction, movedUsd: 0, subject: NONE };
        return isPossible(state, firm, action, facts);
      }),
    ),
  );
}

function isPossible(state: State, firm: number, action: ActionKind, facts: ActionFacts): boolean {
  const people = membersOf(state, firm);
  const policy = policyOf(state, firm);
  const timeMs = state.globals.columns.timeMs[0]!;
  return people.some(({ member, facts: { role } }) => {
    const question = { firm, member, role, action, facts, timeMs };
    const { verdict } = judgePolicy(state, policy, question, people.length);
    if (verdict.is !== 'approve') return verdict.is === 'allow';
    const asked = { firm, maker: member, facts, needs: verdict };
    return isQuorum(
      state,
      asked,
      people.map((each) => each.member),
    );
  });
}
