import type { Names } from '../../api/native/names.ts';
import { readJson } from '../../api/native/readJson.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import type { MemberView } from '../../protocol/views/directory.ts';
import type { ActionTrialView, FirmView, ProposalsView } from '../../protocol/views/firm.ts';
import type { PolicyQuestion, PolicyTrialView } from '../../protocol/views/policyTrial.ts';
import type { RebalanceTerms, RebalanceView } from '../../protocol/views/rebalance.ts';
import { actionTrialWire, policyTrialWire, rebalanceWire } from '../../protocol/wire/firm.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import type { Session } from '../sessions/session.ts';
import { proposalIn } from './proposals.ts';

export interface FirmPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  maySee(session: Session | undefined, account: number): boolean;
  firm(member: number): Promise<FirmView>;
  proposals(firm: number): Promise<ProposalsView>;
  actionTrial(of: { firm: number; member: number; action: Action }): Promise<ActionTrialView>;
  policyTrial(of: { firm: number; rules: Rule[]; question: PolicyQuestion }): Promise<PolicyTrialView>;
  rebalance(of: { firm: number; terms: RebalanceTerms }): Promise<RebalanceView>;
  proposalTrial(of: { proposal: number; member: number }): Promise<ActionTrialView | null>;
}

/** What a firm's members read of it, and ask before they sign. Nothing here changes anything. */
export function firmRoutes(ports: FirmPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/firm',
      lane: 'requests',
      handle: (request) => ofMember(ports, request, async ({ member }) => ok(await ports.firm(member))),
    },
    {
      method: 'GET',
      path: '/api/v1/proposals',
      lane: 'requests',
      handle: (request) => ofMember(ports, request, async ({ firm }) => ok(await ports.proposals(firm))),
    },
    {
      method: 'GET',
      path: '/api/v1/proposals/:proposal/preview',
      lane: 'requests',
      handle: (request) => ofMember(ports, request, (member) => proposalTrial(ports, request, member)),
    },
    {
      method: 'POST',
      path: '/api/v1/proposals/preview',
      isQuestion: true,
      lane: 'requests',
      handle: (request) => ofMember(ports, request, (member) => actionTrial(ports, request, member)),
    },
    {
      method: 'POST',
      path: '/api/v1/firm/policy/trial',
      isQuestion: true,
      lane: 'requests',
      handle: (request) => ofMember(ports, request, (member) => policyTrial(ports, request, member)),
    },
    {
      method: 'POST',
      path: '/api/v1/firm/rebalance',
      isQuestion: true,
      lane: 'requests',
      handle: (request) => ofMember(ports, request, (member) => rebalance(ports, request, member)),
    },
  ];
}

/** One address, one member: who works for two firms uses two wallets. */
async function ofMember(
  { names }: FirmPorts,
  { session }: RouteRequest,
  handle: (member: MemberView) => Promise<Reply>,
): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const known = names();
  if (known === undefined) return refuse('engine.notReady');
  const [member] = known.membersByAddress.get(session.address) ?? [];
  return member === undefined ? refuse('session.notMember') : await handle(member);
}

async function proposalTrial(
  ports: FirmPorts,
  request: RouteRequest,
  { firm, member }: MemberView,
): Promise<Reply> {
  const number = proposalIn(request);
  const { proposals, closed } = await ports.proposals(firm);
  const isTheirs = proposals.some(({ proposal }) => proposal === number);
  const trial = isTheirs ? await ports.proposalTrial({ proposal: number, member }) : null;
  if (trial !== null) return ok(seenBy(ports, request, trial));
  // Somebody decides while others look: a page that does not know yet has asked nothing wrong.
  const isDecided = isTheirs || closed.some(({ proposal }) => proposal.proposal === number);
  return isDecided ? ok(null) : refuse('proposal.unknown');
}

async function actionTrial(
  ports: FirmPorts,
  request: RouteRequest,
  { firm, member }: MemberView,
): Promise<Reply> {
  const reading = readJson(request.text, actionTrialWire);
  if ('error' in reading) return refuse(reading.error);
  const trial = await ports.actionTrial({ firm, member, action: reading.value.action });
  return ok(seenBy(ports, request, trial));
}

async function policyTrial(ports: FirmPorts, { text }: RouteRequest, { firm }: MemberView): Promise<Reply> {
  const reading = readJson(text, policyTrialWire);
  if ('error' in reading) return refuse(reading.error);
  const trial = await ports.policyTrial({ firm, ...reading.value });
  return trial.refusal === null ? ok(trial) : refuse(trial.refusal);
}

/** Both who is to be helped and who may help are accounts of the firm that who asks may see. */
async function rebalance(
  ports: FirmPorts,
  { text }: RouteRequest,
  { firm, accounts }: MemberView,
): Promise<Reply> {
  const reading = readJson(text, rebalanceWire);
  if ('error' in reading) return refuse(reading.error);
  const { accounts: wanted, target } = reading.value;
  if (wanted.some((account) => !accounts.includes(account))) return refuse('actor.outOfScope');
  const others = accounts.filter((account) => !wanted.includes(account));
  return ok(await ports.rebalance({ firm, terms: { wanted: [...new Set(wanted)], others, target } }));
}

/** Margin and positions of accounts that who asks may not see stay untold. */
function seenBy({ maySee }: FirmPorts, { session }: RouteRequest, trial: ActionTrialView): ActionTrialView {
  const isSeen = ({ account }: { account: number }) => maySee(session, account);
  return { ...trial, accounts: trial.accounts.filter(isSeen), exits: trial.exits.filter(isSeen) };
}
