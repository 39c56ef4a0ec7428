import { COMMENT_LENGTH_MAX, type Decide } from '../../protocol/commands/firm.ts';
import { ProposalEnd } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { ApprovalView, ProposalView } from '../../protocol/views/directory.ts';
import { isTextValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { TAG } from '../out.ts';
import { asksOwnersWord, isOwner } from '../policy/firmOwner.ts';
import { isQuorum, mayApprove, mayVeto } from '../policy/quorum.ts';
import { askedNow } from './askedNow.ts';
import { addComment } from './commentProposal.ts';
import { carryOut, endProposal, findProposal, isExpired, isPolicyCurrent, putDue } from './endProposal.ts';

/**
 * A member agrees to a proposal, or ends it. The last who is needed, by how things stand now, brings it about: at once, or
 * when its delay is over.
 *
 * Refusals: proposal.unknown, proposal.expired, approval.expired, approval.seqAhead, approval.actionChanged, approval.policyChanged,
 * approval.ownProposal, approval.notNeeded, approval.repeated, approval.notOwnersWallet, comment.invalid and approval.reasonMissing of its reason,
 * parameters.invalid. A member is an agent's, never the desk: actor.notPermitted.
 */
export function decideProposal(engine: Engine, actor: number, command: Decide): number {
  const { state } = engine;
  const agent = state.directory.agents[actor - 1];
  if (agent === undefined) return refusal['actor.notPermitted'];
  const proposal = findProposal(state, command.proposal);
  if (proposal === undefined) return refusal['proposal.unknown'];
  const code =
    judgeBinding(engine, proposal, command) ||
    judgePerson(engine, proposal, agent.member, command) ||
    judgeWallet(engine, proposal, agent, command) ||
    judgeReason(command);
  if (code !== OK) return code;
  if (command.reason !== '') addComment(engine, proposal, agent.member, command.reason, false);
  if (command.decision === 'veto') endProposal(engine, proposal, ProposalEnd.vetoed, OK, agent.member);
  else approve(engine, proposal, { member: agent.member, agent: actor, wallet: agent.publicKey });
  return OK;
}

/** What was signed must be what is there, and be signed for now. */
function judgeBinding({ state }: Engine, proposal: ProposalView, command: Decide): number {
  const { seq, timeMs } = state.globals.columns;
  if (isExpired(proposal, timeMs[0]!)) return refusal['proposal.expired'];
  if (command.decision !== 'approve' && command.decision !== 'veto') return refusal['parameters.invalid'];
  if (!(command.deadlineMs > timeMs[0]!)) return refusal['approval.expired'];
  if (!(command.seqMin < seq[0]!)) return refusal['approval.seqAhead'];
  if (command.actionHash !== proposal.actionHash) return refusal['approval.actionChanged'];
  const isCurrent = command.policyHash === proposal.policyHash && isPolicyCurrent(state, proposal);
  return isCurrent ? OK : refusal['approval.policyChanged'];
}

function judgePerson(
  { state }: Engine,
  proposal: ProposalView,
  member: number,
  { decision }: Decide,
): number {
  if (member === proposal.maker) return refusal['approval.ownProposal'];
  const asked = askedNow(state, proposal);
  const isAsked = decision === 'veto' ? mayVeto(state, asked, member) : mayApprove(state, asked, member);
  if (!isAsked) return refusal['approval.notNeeded'];
  const isRepeated = proposal.approvals.some((each) => each.member === member);
  return decision === 'approve' && isRepeated ? refusal['approval.repeated'] : OK;
}

/** The owner's word for a withdrawal is that of the wallet that owns the firm, not of another the owner has linked. */
function judgeWallet(
  { state }: Engine,
  { action, firm }: ProposalView,
  { member, publicKey }: { member: number; publicKey: string },
  { decision }: Decide,
): number {
  if (!asksOwnersWord(action.kind) || decision !== 'approve' || !isOwner(state, firm, member)) return OK;
  return publicKey === state.directory.firms[firm]!.owner ? OK : refusal['approval.notOwnersWallet'];
}

/** Who says no says why. */
function judgeReason({ decision, reason }: Decide): number {
  if (reason === '') return decision === 'veto' ? refusal['approval.reasonMissing'] : OK;
  return isTextValid(reason, COMMENT_LENGTH_MAX) ? OK : refusal['comment.invalid'];
}

/** Who agrees, and with which wallet. */
type Approver = Pick<ApprovalView, 'member' | 'agent' | 'wallet'>;

function approve(engine: Engine, proposal: ProposalView, approver: Approver): void {
  const { state, out } = engine;
  const { approvals } = proposal;
  const { member, agent } = approver;
  const { seq, timeMs } = state.globals.columns;
  approvals.push({ ...approver, seq: seq[0]!, timeMs: timeMs[0]! });
  directoryChanged(engine, () => approvals.pop());
  announce(out, TAG.ProposalApproved, proposal.proposal, member, agent);
  const people = approvals.map((each) => each.member);
  const asked = askedNow(state, proposal);
  if (proposal.dueAtMs !== 0 || !isQuorum(state, asked, people)) return;
  const { delayMs } = asked.needs;
  if (delayMs === 0) return carryOut(engine, proposal);
  putDue(engine, proposal, asked, state.globals.columns.timeMs[0]! + delayMs);
  // Nobody waits for what cannot be done any more when its delay is over.
  if (proposal.action.kind === 'Withdraw' && proposal.action.deadlineMs < proposal.dueAtMs)
    endProposal(engine, proposal, ProposalEnd.failed, refusal['withdrawal.deadlineTooSoon']);
}
