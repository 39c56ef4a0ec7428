import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals } from '../../protocol/commands/policy.ts';
import { errorOfDeadline } from '../../protocol/errorOfDeadline.ts';
import { errorOfPart } from '../../protocol/errorOfPart.ts';
import { errorCodeOf, errorView, OK, refusal } from '../../protocol/errors.ts';
import { partWords } from '../../protocol/typed/actionSummary.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type {
  AccountChangeView,
  ActionTrialView,
  ExitView,
  LimitChangeView,
  LostActionView,
  PartTrialView,
} from '../../protocol/views/firm.ts';
import { assert } from '../../units/assert.ts';
import { isIntegerIn } from '../admin/names.ts';
import { tryOut } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { reachesNode } from '../firms/reach.ts';
import { accountsWithin } from '../firms/within.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { besideEachOther, everyUseOf, nodesAbove, usesAt } from '../limits/usesBeforeAfter.ts';
import { highWater } from '../memory/table.ts';
import { forgetPart } from '../moves/partRefused.ts';
import { factsOf } from '../policy/actionFacts.ts';
import type { Judgement } from '../policy/judgePolicy.ts';
import { lostBands } from '../policy/lostBands.ts';
import { possibleActions } from '../policy/possibleActions.ts';
import { capRefusal } from '../settlement/vaultCaps.ts';
import { deadlineNeeded } from '../settlement/withdrawalDeadline.ts';
import type { State } from '../state.ts';
import { directoryOf } from '../views/directory.ts';
import { exitsOf, withLeft } from '../views/exits.ts';
import { previewSideOf } from '../views/previewSide.ts';
import { askedNow } from './askedNow.ts';
import { judgeAsking } from './judgeAsking.ts';
import { isGoverning, performAgreed } from './tryAction.ts';

/** Accounts whose margin is shown at most: each is computed twice. */
const ACCOUNTS_MAX = 32;

/** What would come of it if a member asked for an action now. Nothing stays changed. */
export function actionTrialOf(
  engine: Engine,
  { firm, member, action }: { firm: number; member: number; action: Action },
): ActionTrialView {
  forgetPart(engine);
  const { code, verdict, rules, parts } = judgeAsking(engine, firm, member, action);
  const askedPart = engine.partRefused.part;
  const needs = verdict.is === 'approve' ? verdict : null;
  const { code: doneCode, part, ...effect } = effectOf(engine, firm, member, action);
  return {
    ...stampOf(engine),
    verdict: verdict.is,
    direction: factsOf(engine.state, firm, action).direction,
    rules,
    needs,
    parts: partTrialsOf(engine, action, parts),
    ...effect,
    refusal:
      code === OK
        ? (deadlineOf(engine, action, needs) ?? refusalView(engine, action, doneCode, part))
        : refusalView(engine, action, code, askedPart),
  };
}

/** What an open proposal would do if all had agreed by now, as a member may be told. Nothing stays changed. */
export function proposalTrialOf(engine: Engine, member: number, proposal: ProposalView): ActionTrialView {
  const { firm, maker, action } = proposal;
  const { facts, needs, rules } = askedNow(engine.state, proposal);
  const { code, part, ...effect } = effectOf(engine, firm, member, action);
  return {
    ...stampOf(engine),
    verdict: 'approve',
    direction: facts.direction,
    rules,
    needs,
    // As they were asked of who made it: the rules ask by the role of whoever asks.
    parts: partTrialsOf(engine, action, judgeAsking(engine, firm, maker, action).parts),
    ...effect,
    refusal: refusalView(engine, action, code, part),
  };
}

function partTrialsOf(engine: Engine, action: Action, parts: readonly Judgement[]): PartTrialView[] {
  if (action.kind !== 'ChangeSet') return [];
  const names = directoryOf(engine);
  return parts.map(({ verdict, rules }, at) => ({
    words: partWords(action.parts[at]!, names),
    verdict: verdict.is,
    rules,
    needs: verdict.is === 'approve' ? verdict : null,
  }));
}

function stampOf({ state }: Engine): { seq: number; timeMs: number } {
  const { seq, timeMs } = state.globals.columns;
  return { seq: seq[0]!, timeMs: timeMs[0]! };
}

interface Effect {
  code: number;
  /** Of a change set: the part that is refused, else 0. */
  part: number;
  accounts: AccountChangeView[];
  limits: LimitChangeView[];
  exits: ExitView[];
  lost: LostActionView[];
}

function effectOf(engine: Engine, firm: number, member: number, action: Action): Effect {
  const { state } = engine;
  const accounts = touchedBy(state, action).slice(0, ACCOUNTS_MAX);
  const places = placesOf(state, action).filter((node) =>
    reachesNode(state, state.directory.members[member]!, node),
  );
  return tryOut(engine, () => {
    const isOfLimits = action.kind === 'SetLimits';
    const used = isOfLimits
      ? places.flatMap((node) => everyUseOf(engine, firm, node))
      : usesAt(state, places);
    const exits = isExit(action) ? exitsOf(state, accounts, action.distancePpm ?? 0) : [];
    const before = accounts.map((account) => previewSideOf(engine, account, 0));
    const possibleNow = () => (isGoverning(action) ? possibleActions(state, firm) : []);
    const possible = possibleNow();
    forgetPart(engine);
    const code = performAgreed(engine, firm, action);
    const { part } = engine.partRefused;
    const stillPossible = possibleNow();
    return {
      code,
      part,
      accounts: accounts.map((account, place) => ({
        account,
        before: before[place]!,
        after: previewSideOf(engine, account, 0),
      })),
      limits: besideEachOther(used, isOfLimits ? used : usesAt(state, places)),
      exits: withLeft(state, exits),
      lost: lostBands(possible, stillPossible),
    };
  });
}

/** Accounts whose margin an action may change; one that is not there is the action's own to refuse. */
function touchedBy(state: State, action: Action): number[] {
  switch (action.kind) {
    case 'Transfer':
    case 'PortPosition':
      return existing(state, [action.from, action.to]);
    case 'TransferMany':
      return existing(
        state,
        action.transfers.flatMap(({ from, to }) => [from, to]),
      );
    case 'ChangeSet':
      return existing(
        state,
        action.parts.flatMap((part) => (part.kind === 'MoveNode' ? [] : [part.from, part.to])),
      );
    case 'Unwind':
    case 'PlaceOverLimit':
    case 'Withdraw':
      return existing(state, [action.account]);
    case 'NetPositions':
    case 'Flatten':
      return isNode(state, action.node) ? accountsWithin(state, action.node) : [];
    default:
      // Names, people and rules move no money.
      return [];
  }
}

/** Places whose limits an action may use, or lets use: those of its accounts and all above them, its own for limits. */
function placesOf(state: State, action: Action): number[] {
  if (action.kind === 'SetLimits') return isNode(state, action.node) ? [action.node] : [];
  if (action.kind === 'MoveNode') return nodesAbove(state, [action.node, action.parent]);
  const { node } = state.accounts.columns;
  const moved = action.kind !== 'ChangeSet' ? [] : action.parts.filter((part) => part.kind === 'MoveNode');
  return nodesAbove(state, [
    ...touchedBy(state, action).map((account) => node[account]!),
    ...moved.flatMap((part) => [part.node, part.parent]),
  ]);
}

function isExit(action: Action): action is Extract<Action, { kind: 'Unwind' | 'Flatten' }> {
  return action.kind === 'Unwind' || action.kind === 'Flatten';
}

function isNode(state: State, node: number): boolean {
  return isIntegerIn(node, 0, highWater(state.nodes) - 1);
}

function existing(state: State, accounts: readonly number[]): number[] {
  const last = highWater(state.accounts) - 1;
  return [...new Set(accounts)].filter((account) => isIntegerIn(account, FIRST_ACCOUNT, last));
}

/** What a deadline would have to be, where the one that was asked for passes before its delay is over. */
function deadlineOf({ state }: Engine, action: Action, needs: Approvals | null): ActionTrialView['refusal'] {
  const needed = needs && deadlineNeeded(state, action, needs);
  return needed && errorOfDeadline(needed);
}

function refusalView(
  { state }: Engine,
  action: Action,
  code: number,
  part: number,
): ActionTrialView['refusal'] {
  if (code === OK) return null;
  if (code === refusal['withdrawal.overVaultCap'] && action.kind === 'Withdraw')
    return capRefusal(state, action);
  const name = errorCodeOf(code);
  assert(name !== undefined, 'a refusal has a name');
  return part === 0 ? errorView(name) : errorOfPart(name, part);
}
