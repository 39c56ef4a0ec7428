import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals } from '../../protocol/commands/policy.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import type { Engine } from '../engine.ts';
import { reachesNode } from '../firms/reach.ts';
import { highWater } from '../memory/table.ts';
import { factsOf } from '../policy/actionFacts.ts';
import { type Judgement, judgePolicy } from '../policy/judgePolicy.ts';
import { membersOf, policyOf } from '../policy/policyOf.ts';
import { type Asked, isQuorum } from '../policy/quorum.ts';
import type { State } from '../state.ts';

/** Open proposals of a firm at most. */
export const PROPOSALS_MAX = 64;

/** What the firm says of somebody who asks: the verdict, and the code of what keeps them from asking. */
export interface Asking extends Judgement {
  code: number;
}

/**
 * Whether a member may ask for an action, and who must agree. Nothing here tries the action itself.
 *
 * @returns code OK or: policy.denied, actor.outOfScope, proposal.tooMany, policy.quorumImpossible
 */
export function judgeAsking(engine: Engine, firm: number, member: number, action: Action): Asking {
  const { state } = engine;
  const facts = factsOf(state, firm, action);
  const { role } = state.directory.members[member]!;
  const timeMs = state.globals.columns.timeMs[0]!;
  const question = { firm, member, role, action: action.kind, facts, timeMs };
  const judgement = judgePolicy(state, policyOf(state, firm), question, membersOf(state, firm).length);
  const { verdict } = judgement;
  if (verdict.is === 'deny') return { ...judgement, code: refusal['policy.denied'] };
  const asked = { firm, maker: member, facts, needs: verdict.is === 'approve' ? verdict : NOBODY };
  if (!reaches(engine, asked)) return { ...judgement, code: refusal['actor.outOfScope'] };
  return { ...judgement, code: verdict.is === 'allow' ? OK : judgeOpening(engine, asked) };
}

const NOBODY: Approvals = { is: 'approve', groups: [], vetoRoles: [], delayMs: 0, expiryMs: 0 };

/** Who asks reaches what it takes from, and what receives too unless its own people are asked. */
function reaches({ state }: Engine, { maker, facts, needs }: Asked): boolean {
  const person = state.directory.members[maker]!;
  const isReceiverAsked = needs.groups.some(({ side }) => side === 'to');
  const places = isReceiverAsked ? facts.from : [...facts.from, ...facts.to];
  // A place that is nowhere is the action's own to refuse.
  return places.every((node) => !isNode(state, node) || reachesNode(state, person, node));
}

function isNode(state: State, node: number): boolean {
  return isIntegerIn(node, 0, highWater(state.nodes) - 1);
}

function judgeOpening({ state }: Engine, asked: Asked): number {
  const { proposals, members } = state.directory;
  if (proposals.filter(({ firm }) => firm === asked.firm).length >= PROPOSALS_MAX)
    return refusal['proposal.tooMany'];
  const everybody = members.map((_, member) => member);
  return isQuorum(state, asked, everybody) ? OK : refusal['policy.quorumImpossible'];
}
