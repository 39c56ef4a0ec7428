import type { Action } from '../../protocol/commands/actions.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { FirmView, OpenProposalsView, OpenProposalView } from '../../protocol/views/firm.ts';
import { ownLevelsOf } from '../calls/callLevels.ts';
import type { Engine } from '../engine.ts';
import { limitsOf } from '../limits/limitsOf.ts';
import { policyHashOf, policyOf } from '../policy/policyOf.ts';
import { mayApprove, mayVeto, seatsOf } from '../policy/quorum.ts';
import { askedOf } from '../proposals/endProposal.ts';
import type { State } from '../state.ts';
import { directoryOf, directoryStamp } from './directory.ts';

/** A member's firm: its tree with limits, its people, its rules. */
export function firmViewOf(engine: Engine, member: number): FirmView {
  const { state } = engine;
  const { firm } = state.directory.members[member]!;
  const { label, owner, policy } = state.directory.firms[firm]!;
  const { seq, nodes, members } = directoryOf(engine);
  return {
    seq,
    timeMs: state.globals.columns.timeMs[0]!,
    firm,
    label,
    owner,
    member,
    nodes: nodes
      .filter((node) => node.firm === firm)
      .map((node) => ({
        ...node,
        limits: limitsOf(state, node.node),
        callLevels: ownLevelsOf(state, node.node),
      })),
    members: members.filter((each) => each.firm === firm),
    policy: {
      version: policy?.version ?? 1,
      hash: policyHashOf(state, firm),
      rules: policyOf(state, firm).rules,
    },
  };
}

/** What is open in a firm, or asks for the agreement of its people. */
export function proposalsViewOf(engine: Engine, firm: number): OpenProposalsView {
  const { state } = engine;
  const proposals = state.directory.proposals
    .filter((proposal) => proposal.firm === firm || isReceiver(state, proposal.action, firm))
    .map((proposal) => openProposalOf(state, proposal));
  const named = new Set(
    proposals.flatMap(({ maker, approvals, approvers, vetoers }) => [
      maker,
      ...approvals.map(({ member }) => member),
      ...approvers,
      ...vetoers,
    ]),
  );
  const { members } = state.directory;
  return {
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    firmStamp: directoryStamp(engine),
    proposals,
    people: [...named].map((member) => {
      const { firm: of, label, role } = members[member]!;
      return { member, firm: of, label, role };
    }),
  };
}

function openProposalOf(state: State, proposal: ProposalView): OpenProposalView {
  const asked = askedOf(state, proposal);
  const agreed = proposal.approvals.map(({ member }) => member);
  const everybody = [...state.directory.members.keys()];
  const isMaker = (member: number) => member === proposal.maker;
  return {
    ...proposal,
    seats: seatsOf(state, asked, agreed),
    approvers: everybody.filter((member) => !agreed.includes(member) && mayApprove(state, asked, member)),
    vetoers: everybody.filter((member) => !isMaker(member) && mayVeto(state, asked, member)),
  };
}

/** Whether something of this firm receives. */
function isReceiver({ directory }: State, action: Action, firm: number): boolean {
  const receives = (account: number) => directory.accounts[account]?.firm === firm;
  if (action.kind === 'Transfer' || action.kind === 'PortPosition') return receives(action.to);
  return action.kind === 'TransferMany' && action.transfers.some(({ to }) => receives(to));
}
