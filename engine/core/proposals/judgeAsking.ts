import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals } from '../../protocol/commands/policy.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import type { Engine } from '../engine.ts';
import { reachesNode } from '../firms/reach.ts';
import { highWater, NONE } from '../memory/table.ts';
import { refusePart } from '../moves/partRefused.ts';
import { factsOf } from '../policy/actionFacts.ts';
import { type ActionJudgement, judgeAction, type PartJudgement } from '../policy/judgeAction.ts';
import { membersOf, policyOf } from '../policy/policyOf.ts';
import { type Asked, isQuorum } from '../policy/quorum.ts';
import type { State } from '../state.ts';

/** Open proposals of a firm at most. */
export const PROPOSALS_MAX = 64;
/** Of those at most so many that do not tighten: whoever floods a firm cannot keep it from removing them. */
const LOOSENING_MAX = 48;
/** Of one maker at most, of those that tighten and of the others each. */
const OF_MAKER_MAX = 8;

/** What the firm says of somebody who asks: the verdict, and the code of what keeps them from asking. */
export interface Asking extends ActionJudgement {
  code: number;
}

/**
 * Whether a member may ask for an action, and who must agree. Nothing here tries the action itself.
 *
 * @returns code OK or: policy.denied, agent.foreign, actor.outOfScope, proposal.tooManyOwn, proposal.tooMany,
 * policy.quorumImpossible
 */
export function judgeAsking(engine: Engine, firm: number, member: number, action: Action): Asking {
  const { state } = engine;
  const { role } = state.directory.members[member]!;
  const timeMs = state.globals.columns.timeMs[0]!;
  const asker = { firm, member, role, timeMs, count: membersOf(state, firm).length };
  const judgement = judgeAction(state, policyOf(state, firm), asker, action);
  const { verdict, facts, parts } = judgement;
  const refused = (part: number, code: number): Asking => ({
    ...judgement,
    code: refusePart(engine, part + 1, NONE, code),
  });
  const isDenied = (each: PartJudgement) => each.verdict.is === 'deny';
  if (verdict.is === 'deny') return refused(parts.findIndex(isDenied), refusal['policy.denied']);
  // Who it orders for is who asks: the owner's own signature is part of every key.
  if (action.kind === 'ApproveKey' && action.member !== member) return refused(-1, refusal['agent.foreign']);
  const asked = { firm, maker: member, facts, needs: needsOf(judgement) };
  const isFar = (each: PartJudgement) => !reaches(engine, { ...asked, ...each, needs: needsOf(each) });
  // Of a set each part is asked alone: who receives is asked by some of them, and must be reached by others.
  const judged = parts.length === 0 ? [judgement] : parts;
  const far = judged.findIndex(isFar);
  if (far >= 0) return refused(parts.length === 0 ? -1 : far, refusal['actor.outOfScope']);
  return { ...judgement, code: verdict.is === 'allow' ? OK : judgeOpening(engine, asked) };
}

function needsOf({ verdict }: Pick<PartJudgement, 'verdict'>): Approvals {
  return verdict.is === 'approve' ? verdict : NOBODY;
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
  const everybody = state.directory.members.map((_, member) => member);
  const code = judgeRoom(state, asked);
  if (code !== OK) return code;
  return isQuorum(state, asked, everybody) ? OK : refusal['policy.quorumImpossible'];
}

/** What tightens (removes, freezes, unwinds, revokes) has room of its own, so that nobody locks a firm with junk. */
function judgeRoom(state: State, { firm, maker, facts }: Asked): number {
  const open = state.directory.proposals.filter((each) => each.firm === firm);
  const alike = open.filter(({ action }) => factsOf(state, firm, action).direction === facts.direction);
  if (alike.filter((each) => each.maker === maker).length >= OF_MAKER_MAX)
    return refusal['proposal.tooManyOwn'];
  const isFull = facts.direction === 'loosen' && alike.length >= LOOSENING_MAX;
  return isFull || open.length >= PROPOSALS_MAX ? refusal['proposal.tooMany'] : OK;
}
