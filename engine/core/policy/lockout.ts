import type { Action } from '../../protocol/commands/actions.ts';
import type { Policy } from '../../protocol/commands/policy.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { tryOut } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import type { State } from '../state.ts';
import { factsOf } from './actionFacts.ts';
import { hasOwner } from './firmOwner.ts';
import { judgePolicy } from './judgePolicy.ts';
import { membersOf, policyOf } from './policyOf.ts';
import { isQuorum } from './quorum.ts';

/**
 * Whether the firm could still change its own rules once something is done to it: somebody may propose a policy, and
 * there are people enough to agree. Done and taken back, so that exactly what would be is asked.
 *
 * @param act what is done; it was judged before
 * @returns OK or policy.lockout
 */
export function judgeLockout(engine: Engine, firm: number, act: () => number): number {
  return tryOut(engine, () =>
    act() !== OK || canChangeItself(engine.state, firm) ? OK : refusal['policy.lockout'],
  );
}

/**
 * Whether the wallet that owns the firm, where somebody of it has that, is still somebody's once something is done: every
 * withdrawal needs its word.
 *
 * @returns OK or member.ownsFirm
 */
export function judgeOwnerStays(engine: Engine, firm: number, act: () => number): number {
  if (!hasOwner(engine.state, firm)) return OK;
  return tryOut(engine, () =>
    act() !== OK || hasOwner(engine.state, firm) ? OK : refusal['member.ownsFirm'],
  );
}

function canChangeItself(state: State, firm: number): boolean {
  const people = membersOf(state, firm);
  const policy = policyOf(state, firm);
  return people.some(({ member }) => isReachable(state, policy, firm, member));
}

function isReachable(state: State, policy: Policy, firm: number, maker: number): boolean {
  const action: Action = { kind: 'SetPolicy', rules: policy.rules };
  const facts = factsOf(state, firm, action);
  const people = membersOf(state, firm);
  const { role } = state.directory.members[maker]!;
  const timeMs = state.globals.columns.timeMs[0]!;
  const question = { firm, member: maker, role, action: action.kind, facts, timeMs };
  const { verdict } = judgePolicy(state, policy, question, people.length);
  if (verdict.is !== 'approve') return verdict.is === 'allow';
  const asked = { firm, maker, facts, needs: verdict };
  return isQuorum(
    state,
    asked,
    people.map(({ member }) => member),
  );
}
