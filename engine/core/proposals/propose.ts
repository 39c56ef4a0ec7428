import { type ActionKind, actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import type { Action, CollateralTransfer } from '../../protocol/commands/actions.ts';
import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { AskingTerms, Propose } from '../../protocol/commands/firm.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { actionHash } from '../../protocol/typed/actionHash.ts';
import { actionSummary } from '../../protocol/typed/actionSummary.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { highWater } from '../memory/table.ts';
import { announcePart, forgetPart } from '../moves/partRefused.ts';
import { TAG } from '../out.ts';
import { asksOwnersWord, isOwner } from '../policy/firmOwner.ts';
import { transfersOfSet } from '../policy/judgeAction.ts';
import { noteMoved } from '../policy/movedToday.ts';
import { transferredUsd } from '../policy/movedValue.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import { deadlineNeeded } from '../settlement/withdrawalDeadline.ts';
import type { State } from '../state.ts';
import { directoryOf } from '../views/directory.ts';
import { judgeAsking } from './judgeAsking.ts';
import { performAction } from './performAction.ts';
import { performAgreed, tryAction } from './tryAction.ts';

/** What the desk itself never asks for: somebody's wallet has to. */
const OF_WALLETS: readonly ActionKind[] = ['Withdraw', 'ApproveKey', 'ListDestination'];

/**
 * Asks for an action. What the policy allows is done at once, what it wants agreed to waits. What the desk itself asks
 * for is done at once whatever the policy says: nobody outside speaks as the desk. It asks for no withdrawal, no address
 * for them and no key.
 *
 * Refusals: firm.unknown, parameters.invalid, actor.notPermitted, actor.outOfScope, approval.expired, approval.seqAhead,
 * approval.policyChanged, policy.denied,
 * approval.notOwnersWallet, withdrawal.deadlineTooSoon, those of the action, proposal.tooManyOwn, proposal.tooMany, policy.quorumImpossible. Of a change set an event says
 * which part.
 */
export function propose(engine: Engine, actor: number, command: Propose): number {
  forgetPart(engine);
  const code = ask(engine, actor, command);
  announcePart(engine, code);
  return code;
}

function ask(engine: Engine, actor: number, { firm, action, terms }: Propose): number {
  const { state } = engine;
  if (!isIntegerIn(firm, 1, highWater(state.firms) - 1)) return refusal['firm.unknown'];
  if (!Object.hasOwn(actionNumbers, action.kind)) return refusal['parameters.invalid'];
  if (actor === SYSTEM_ACTOR)
    return OF_WALLETS.includes(action.kind)
      ? refusal['actor.notPermitted']
      : performAction(engine, firm, action);
  const { member } = state.directory.agents[actor - 1]!;
  if (state.directory.members[member]!.firm !== firm) return refusal['actor.outOfScope'];
  const bound = judgeTerms(state, firm, terms);
  if (bound !== OK) return bound;
  const { code, verdict, rules } = judgeAsking(engine, firm, member, action);
  if (code !== OK) return code;
  if (isWithoutOwnersWallet(engine, firm, action, actor)) return refusal['approval.notOwnersWallet'];
  if (verdict.is !== 'approve') return performAlone(engine, firm, action);
  const deadline = deadlineNeeded(state, action, verdict);
  if (deadline !== null) {
    announce(engine.out, TAG.DeadlineTooSoon, deadline.earliestMs, deadline.safeMs);
    return refusal['withdrawal.deadlineTooSoon'];
  }
  const refused = tryAction(engine, firm, action);
  if (refused !== OK) return refused;
  const timeMs = state.globals.columns.timeMs[0]!;
  open(engine, {
    proposal: state.directory.nextProposal,
    firm,
    maker: member,
    action,
    summary: actionSummary(action, directoryOf(engine)),
    actionHash: actionHash(action),
    policyHash: policyHashOf(state, firm),
    rules,
    needs: verdict,
    proposedMs: timeMs,
    expiresAtMs: timeMs + verdict.expiryMs,
    dueAtMs: verdict.groups.length === 0 ? timeMs + verdict.delayMs : 0,
    approvals: [],
    comments: [],
  });
  return OK;
}

/** What was signed must be signed for now, and for the policy it is judged by. */
function judgeTerms(state: State, firm: number, terms: AskingTerms | undefined): number {
  const { seq, timeMs } = state.globals.columns;
  if (terms === undefined || terms === null) return refusal['parameters.invalid'];
  if (!(terms.deadlineMs > timeMs[0]!)) return refusal['approval.expired'];
  if (!(terms.seqMin < seq[0]!)) return refusal['approval.seqAhead'];
  return terms.policyHash === policyHashOf(state, firm) ? OK : refusal['approval.policyChanged'];
}

/** Whether the owner asks for what needs the owner's word with another wallet than the one that owns. */
function isWithoutOwnersWallet({ state }: Engine, firm: number, { kind }: Action, actor: number): boolean {
  const { member, publicKey } = state.directory.agents[actor - 1]!;
  return (
    asksOwnersWord(kind) && isOwner(state, firm, member) && publicKey !== state.directory.firms[firm]!.owner
  );
}

/** What nobody else is asked for. Collateral that moves so counts for the rest of the day. */
function performAlone(engine: Engine, firm: number, action: Action): number {
  const usd = transferredUsd(engine.state, transfersIn(action));
  const code = performAgreed(engine, firm, action);
  if (code === OK && usd > 0) noteMoved(engine, firm, usd);
  return code;
}

function transfersIn(action: Action): readonly CollateralTransfer[] {
  if (action.kind === 'Transfer') return [action];
  if (action.kind === 'ChangeSet') return transfersOfSet(action);
  return action.kind === 'TransferMany' ? action.transfers : [];
}

function open(engine: Engine, proposal: ProposalView): void {
  const { directory } = engine.state;
  directory.proposals.push(proposal);
  directory.nextProposal++;
  directoryChanged(engine, () => {
    directory.proposals.pop();
    directory.nextProposal--;
  });
  const { firm, maker, action, expiresAtMs } = proposal;
  const number = actionNumbers[action.kind];
  announce(engine.out, TAG.ProposalOpened, proposal.proposal, firm, maker, number, expiresAtMs);
}
