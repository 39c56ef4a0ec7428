import type { Names } from '../../api/native/names.ts';
import { asksOwnersWord } from '../../core/policy/firmOwner.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { ApprovalsView, WaitingProposalView } from '../../protocol/views/approvals.ts';
import type { MemberView } from '../../protocol/views/directory.ts';
import type { OpenProposalView, ProposalsView } from '../../protocol/views/firm.ts';
import { type DecideDraftWire, decideDraftWire } from '../../protocol/wire/firm.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';
import type { Session } from '../sessions/session.ts';
import { ofWallet, proposalIn } from './proposals.ts';

export interface ApprovalsPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  /** Whether it has not ended meanwhile. */
  isSignedIn(session: Session): boolean;
  proposals(firm: number): Promise<ProposalsView>;
  /** What a wallet is to sign for a decision. */
  draftDecision(proposal: number, wire: DecideDraftWire): TypedData;
  /** A wallet of a member asks. @returns to be called when it is answered */
  began(wallet: string): () => void;
  /** @returns false when this session has too many questions waiting */
  changedBehind(session: Session, afterSeq: number, waitMs: number): Promise<boolean>;
}

/**
 * What waits for one wallet: of a person who looks now and then, or of a custodian's machine that asks with
 * `?after=SEQ&waitMs=N` and is answered when something may be new, at the latest when that time is over.
 */
export function approvalsRoutes(ports: ApprovalsPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/approvals',
      lane: 'requests',
      handle: (request) => approvals(ports, request),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/:proposal/decision/draft',
      lane: 'requests',
      isQuestion: true,
      handle: (request) => ofWallet(request, decideDraftWire, (wire) => draft(ports, request, wire)),
    },
  ];
}

/** Of proposals of their own firm, or that ask it: what another firm asks for is not told by its sentence either. */
async function draft(ports: ApprovalsPorts, request: RouteRequest, wire: DecideDraftWire): Promise<Reply> {
  const [member] = ports.names()?.membersByAddress.get(wire.wallet) ?? [];
  if (member === undefined) return refuse('session.notMember');
  const number = proposalIn(request);
  const { proposals } = await ports.proposals(member.firm);
  const isTheirs = proposals.some(({ proposal }) => proposal === number);
  return isTheirs ? ok(ports.draftDecision(number, wire)) : refuse('proposal.unknown');
}

async function approvals(ports: ApprovalsPorts, { session, query }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const [afterSeq, waitMs] = [countIn(query, 'after'), countIn(query, 'waitMs')];
  if (afterSeq === undefined || waitMs === undefined) return refuse('request.malformed');
  const isMember = ports.names()?.membersByAddress.has(session.address) === true;
  const answered = isMember ? ports.began(session.address) : undefined;
  const mayWait = await ports
    .changedBehind(session, afterSeq, Math.min(waitMs, limits.approvals.waitMsMax))
    .finally(answered);
  if (!mayWait) return refuse('request.tooMany');
  // Who was signed out, or lost the membership, while the question waited is told nothing.
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  if (!ports.isSignedIn(session)) return refuse('session.required');
  const [member] = names.membersByAddress.get(session.address) ?? [];
  if (member === undefined) return refuse('session.notMember');
  return ok(viewOf(names, session.address, member, await ports.proposals(member.firm), afterSeq));
}

function viewOf(
  names: Names,
  wallet: string,
  member: MemberView,
  { seq, timeMs, proposals, closed, people }: ProposalsView,
  afterSeq: number,
): ApprovalsView {
  const waiting = proposals.flatMap((proposal): WaitingProposalView[] => {
    const mayApprove =
      proposal.approvers.includes(member.member) && isItsWord(names, wallet, member, proposal);
    const mayVeto = proposal.vetoers.includes(member.member);
    return mayApprove || mayVeto ? [{ ...proposal, mayApprove, mayVeto }] : [];
  });
  const ended = closed.filter((each) => each.seq > afterSeq).reverse();
  return { seq, timeMs, wallet, member: member.member, proposals: waiting, closed: ended, people };
}

/** The owner's word for money that leaves is that of the wallet that owns the firm: another of the same person is refused. */
function isItsWord(
  { view }: Names,
  wallet: string,
  member: MemberView,
  { action, firm }: OpenProposalView,
): boolean {
  const owner = view.firms[firm]?.owner ?? '';
  return !asksOwnersWord(action.kind) || !member.wallets.includes(owner) || wallet === owner;
}

/** 0 where it is left out; undefined where it is no whole number. */
function countIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '0';
  const count = Number(text);
  return /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}
