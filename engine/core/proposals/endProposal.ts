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
import { factsOf } from '../policy/actionFacts.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import { type Asked, isQuorum } from '../policy/quorum.ts';
import type { State } from '../state.ts';
import { performAgreed } from './tryAction.ts';

/** Of one firm. */
const DECIDED_MAX = 64;

/** The open proposal of a number; undefined where there is none. */
export function findProposal(state: State, proposal: number): ProposalView | undefined {
  return state.directory.proposals.find((each) => each.proposal === proposal);
}

/** Whose agreement it asks for, by how things stand now. */
export function askedOf(state: State, { firm, maker, action, needs }: ProposalView): Asked {
  return { firm, maker, needs, facts: factsOf(state, firm, action) };
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

/** Does what all agreed to, if they may still agree and it can still be done. */
export function carryOut(engine: Engine, proposal: ProposalView): void {
  const { state } = engine;
  const asked = askedOf(state, proposal);
  const people = proposal.approvals.map(({ member }) => member);
  if (!isQuorum(state, asked, people))
    return endProposal(engine, proposal, ProposalEnd.failed, refusal['proposal.quorumLost']);
  forgetPart(engine);
  const code = performAgreed(engine, proposal.firm, proposal.action);
  announcePart(engine, code);
  if (code === OK) endProposal(engine, proposal, ProposalEnd.done);
  else endProposal(engine, proposal, ProposalEnd.failed, code, NONE, engine.partRefused.part);
}
