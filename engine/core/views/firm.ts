import type { Action } from '../../protocol/commands/actions.ts';
import { nameOf, ProposalEnd } from '../../protocol/enums.ts';
import { errorOfPart } from '../../protocol/errorOfPart.ts';
import { errorCodeOf, errorView } from '../../protocol/errors.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type {
  ClosedProposalView,
  FirmView,
  OpenProposalView,
  ProposalsView,
  WithdrawalLimitsView,
} from '../../protocol/views/firm.ts';
import type { DecidedProposal } from '../accounts/directory.ts';
import { ownLevelsOf } from '../calls/callLevels.ts';
import type { Engine } from '../engine.ts';
import { limitsOf } from '../limits/limitsOf.ts';
import { isSegregated } from '../moves/judgeSides.ts';
import { policyHashOf, policyOf } from '../policy/policyOf.ts';
import { eligibleAt, mayApprove, mayVeto, seatsOf } from '../policy/quorum.ts';
import { askedNow } from '../proposals/askedNow.ts';
import { bookOf, withdrawalLimitsOf } from '../settlement/destinations.ts';
import { paymentsTo } from '../settlement/paidTo.ts';
import { sentTodayUsd, withdrawnTodayUsd } from '../settlement/withdrawnToday.ts';
import type { State } from '../state.ts';
import { directoryOf, directoryStamp } from './directory.ts';
import { nettingWindowOf } from './nettingWindow.ts';

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
        isSegregated: node.account !== null && isSegregated(state, node.account),
        callLevels: ownLevelsOf(state, node.node),
        nettingWindow: nettingWindowOf(state, node.node),
      })),
    members: members.filter((each) => each.firm === firm),
    policy: {
      version: policy?.version ?? 1,
      hash: policyHashOf(state, firm),
      rules: policyOf(state, firm).rules,
    },
    withdrawals: withdrawalsOf(state, firm),
  };
}

function withdrawalsOf(state: State, firm: number): WithdrawalLimitsView {
  const { owner } = state.directory.firms[firm]!;
  const listed = [
    { to: owner, label: 'Owner', isOwner: true, dayUsd: 0, listedMs: null },
    ...bookOf(state, firm),
  ];
  return {
    ...withdrawalLimitsOf(state, firm),
    todayUsd: withdrawnTodayUsd(state, firm),
    destinations: listed.map(({ to, label, dayUsd, listedMs, ...rest }) => ({
      ...{ to, label, dayUsd, listedMs, isOwner: 'isOwner' in rest },
      paidCount: paymentsTo(state, firm, to),
      todayUsd: sentTodayUsd(state, firm, to),
    })),
  };
}

/** What is open in a firm, or asks for the agreement of its people, and what became of the last ones. */
export function proposalsViewOf(engine: Engine, firm: number): ProposalsView {
  const { state } = engine;
  const { members, proposals: all, decided } = state.directory;
  const isTheirs = (proposal: ProposalView) =>
    proposal.firm === firm || isReceiver(state, proposal.action, firm);
  const proposals = all.filter(isTheirs).map((proposal) => openProposalOf(state, proposal));
  const closed = decided.filter(({ proposal }) => isTheirs(proposal)).map(closedProposalOf);
  const named = new Set([
    ...proposals.flatMap(({ approvers, vetoers }) => [...approvers, ...vetoers]),
    ...[...proposals, ...closed.map(({ proposal }) => proposal)].flatMap(spokenOf),
    ...closed.flatMap(({ member }) => member ?? []),
  ]);
  return {
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    firmStamp: directoryStamp(engine),
    proposals,
    closed: closed.reverse(),
    people: [...named].map((member) => {
      const { firm: of, label, role } = members[member]!;
      return { member, firm: of, label, role };
    }),
  };
}

function closedProposalOf({
  proposal,
  end,
  code,
  part = 0,
  member,
  seq,
  endedMs,
}: DecidedProposal): ClosedProposalView {
  const refused = errorCodeOf(code);
  return {
    proposal,
    end: nameOf(ProposalEnd, end),
    refusal: refused === undefined ? null : part === 0 ? errorView(refused) : errorOfPart(refused, part),
    member: member < 0 ? null : member,
    seq,
    endedMs,
  };
}

/** Who did something about it. */
function spokenOf({ maker, approvals, comments }: ProposalView): number[] {
  return [maker, ...[...approvals, ...comments].map(({ member }) => member)];
}

function openProposalOf(state: State, proposal: ProposalView): OpenProposalView {
  const asked = askedNow(state, proposal);
  const agreed = proposal.approvals.map(({ member }) => member);
  const everybody = [...state.directory.members.keys()];
  const isMaker = (member: number) => member === proposal.maker;
  const approvers = everybody.filter(
    (member) => !agreed.includes(member) && mayApprove(state, asked, member),
  );
  const eligible = eligibleAt(state, asked, agreed, approvers);
  return {
    ...proposal,
    needs: asked.needs,
    rules: asked.rules,
    seats: seatsOf(state, asked, agreed).map((seat, place) => ({ ...seat, eligible: eligible[place]! })),
    approvers,
    vetoers: everybody.filter((member) => !isMaker(member) && mayVeto(state, asked, member)),
  };
}

/** Whether something of this firm receives. */
function isReceiver({ directory }: State, action: Action, firm: number): boolean {
  const receives = (account: number) => directory.accounts[account]?.firm === firm;
  if (action.kind === 'Transfer' || action.kind === 'PortPosition') return receives(action.to);
  if (action.kind === 'ChangeSet') return action.parts.some((part) => 'to' in part && receives(part.to));
  return action.kind === 'TransferMany' && action.transfers.some(({ to }) => receives(to));
}
