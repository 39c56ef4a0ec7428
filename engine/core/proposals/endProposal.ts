import { ProposalEnd } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { factsOf } from '../policy/actionFacts.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import { type Asked, isQuorum } from '../policy/quorum.ts';
import type { State } from '../state.ts';
import { performAgreed } from './tryAction.ts';

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
 */
export function endProposal(
  engine: Engine,
  proposal: ProposalView,
  end: ProposalEnd,
  code: number = OK,
  member: number = NONE,
): void {
  const { directory } = engine.state;
  const before = directory.proposals;
  directory.proposals = before.filter((each) => each !== proposal);
  directoryChanged(engine, () => {
    directory.proposals = before;
  });
  announce(engine.out, TAG.ProposalEnded, proposal.proposal, proposal.firm, end, code, member);
}

/** Does what all agreed to, if they may still agree and it can still be done. */
export function carryOut(engine: Engine, proposal: ProposalView): void {
  const { state } = engine;
  const asked = askedOf(state, proposal);
  const people = proposal.approvals.map(({ member }) => member);
  if (!isQuorum(state, asked, people))
    return endProposal(engine, proposal, ProposalEnd.failed, refusal['proposal.quorumLost']);
  const code = performAgreed(engine, proposal.firm, proposal.action);
  endProposal(engine, proposal, code === OK ? ProposalEnd.done : ProposalEnd.failed, code);
}
