import { ProposalEnd } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { DecidedProposal } from '../accounts/directory.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { NONE } from '../memory/table.ts';
import { announcePart, forgetPart } from '../moves/partRefused.ts';
import { TAG } from '../out.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import { isQuorum } from '../policy/quorum.ts';
import type { State } from '../state.ts';
import { type AskedNow, askedNow } from './askedNow.ts';
import { performAgreed } from './tryAction.ts';

/** Of one firm. */
const DECIDED_MAX = 64;

/** The open proposal of a number; undefined where there is none. */
export function findProposal(state: State, proposal: number): ProposalView | undefined {
  return state.directory.proposals.find((each) => each.proposal === proposal);
}

/** Whether its time to be agreed to is over, whether or not a tick has ended it yet. What waits for its delay is agreed to. */
export function isExpired({ dueAtMs, expiresAtMs }: ProposalView, timeMs: number): boolean {
  return dueAtMs === 0 && timeMs >= expiresAtMs;
}

/** Whether the firm is judged by the same rules as when it was proposed. */
export function isPolicyCurrent(state: State, proposal: ProposalView): boolean {
  return policyHashOf(state, proposal.firm) === proposal.policyHash;
}

/**
 * Takes a proposal off the list and says how it ended.
 *
 * @param code refusal of what failed
 * @param member who ended it
 * @param part of a change set: the one that failed, else 0
 */
export function endProposal(
  engine: Engine,
  proposal: ProposalView,
  end: ProposalEnd,
  code: number = OK,
  member: number = NONE,
  part = 0,
): void {
  const { directory, globals } = engine.state;
  const { proposals, decided } = directory;
  directory.proposals = proposals.filter((each) => each !== proposal);
  const [seq, endedMs] = [globals.columns.seq[0]!, globals.columns.timeMs[0]!];
  const ended = { proposal, end, code, member, seq, endedMs, ...(part === 0 ? {} : { part }) };
  directory.decided = latest([...decided, ended], proposal.firm);
  directoryChanged(engine, () => {
    directory.proposals = proposals;
    directory.decided = decided;
  });
  announce(engine.out, TAG.ProposalEnded, proposal.proposal, proposal.firm, end, code, member);
}

/** Without the oldest of a firm that has more than are kept: the audit log has them all. */
function latest(decided: readonly DecidedProposal[], firm: number): readonly DecidedProposal[] {
  const isOfFirm = ({ proposal }: DecidedProposal) => proposal.firm === firm;
  if (decided.filter(isOfFirm).length <= DECIDED_MAX) return decided;
  const oldest = decided.findIndex(isOfFirm);
  return decided.filter((_, at) => at !== oldest);
}

/**
 * Does what all agreed to, if they may still agree, nobody else has to by now, and it can still be done. Where it has to
 * wait for longer than when they agreed, it does.
 */
export function carryOut(engine: Engine, proposal: ProposalView): void {
  const { state } = engine;
  const asked = askedNow(state, proposal);
  const refused = judgeAgreed(state, proposal, asked);
  if (refused !== OK) return endProposal(engine, proposal, ProposalEnd.failed, refused);
  const longerMs = asked.needs.delayMs - proposal.needs.delayMs;
  if (longerMs > 0) return putDue(engine, proposal, asked, proposal.dueAtMs + longerMs);
  forgetPart(engine);
  const code = performAgreed(engine, proposal.firm, proposal.action);
  announcePart(engine, code);
  if (code === OK) endProposal(engine, proposal, ProposalEnd.done);
  else endProposal(engine, proposal, ProposalEnd.failed, code, NONE, engine.partRefused.part);
}

/** Whether those who agreed are who it needs. Refusals: policy.denied, proposal.quorumLost, proposal.needsGrown. */
function judgeAgreed(state: State, { approvals, needs }: ProposalView, asked: AskedNow): number {
  if (asked.code !== OK) return asked.code;
  const people = approvals.map(({ member }) => member);
  if (!isQuorum(state, { ...asked, needs }, people)) return refusal['proposal.quorumLost'];
  return isQuorum(state, asked, people) ? OK : refusal['proposal.needsGrown'];
}

/** All who are needed have agreed: it is done once its delay is over. What it needed by then is what it is held to. */
export function putDue(
  engine: Engine,
  proposal: ProposalView,
  { needs, rules }: AskedNow,
  dueAtMs: number,
): void {
  const before = { ...proposal };
  Object.assign(proposal, { needs, rules, dueAtMs });
  directoryChanged(engine, () => Object.assign(proposal, before));
  announce(engine.out, TAG.ProposalAgreed, proposal.proposal, dueAtMs);
}
