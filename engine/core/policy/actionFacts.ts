import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type {
  Action,
  ApproveKey,
  ChangePart,
  CollateralTransfer,
  MoveNode,
} from '../../protocol/commands/actions.ts';
import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import type { Direction } from '../../protocol/commands/policy.ts';
import { NodeState } from '../../protocol/enums.ts';
import { isNarrower } from '../accounts/agentScope.ts';
import { areStricter } from '../calls/callLevels.ts';
import { tradingKeyRow } from '../firms/members.ts';
import { reachesAccount } from '../firms/reach.ts';
import { areTighter } from '../limits/areTighter.ts';
import { NONE } from '../memory/table.ts';
import { areWithdrawalLimitsTighter } from '../settlement/destinations.ts';
import { askedTodayUsd } from '../settlement/withdrawnToday.ts';
import type { State } from '../state.ts';
import { liftedByMove, type Moved } from './liftedByMove.ts';
import { movedTodayUsd } from './movedToday.ts';
import { addedUsd, portedUsd, transferredUsd } from './movedValue.ts';
import { pastSoftLimitUsd } from './pastSoftLimit.ts';

/** What has no place in the tree: an action about a wallet is of the whole firm. */
const WITHOUT_PLACE: readonly ActionKind[] = ['UnlinkWallet'];

/** The places of a kind of action that is asked about at one place. */
export function placesAt(kind: ActionKind, node: number): Pick<ActionFacts, 'from' | 'to'> {
  return WITHOUT_PLACE.includes(kind) ? { from: [], to: [] } : { from: [node], to: [node] };
}

/** What a policy asks of an action. */
export interface ActionFacts {
  /** Places it takes from or changes: who asks must reach them. A node that is not there is refused by the action itself. */
  from: number[];
  /** Places that receive. */
  to: number[];
  direction: Direction;
  /**
   * Micro-USD it moves, of a transfer with what was moved today without agreement, of a withdrawal with all that went
   * today or was asked for before it and waits; 0 for what moves nothing. Of a key what
   * it may open in an hour past the tightest soft limit over its accounts.
   */
  movedUsd: number;
  /** The member it is about, who does not agree to it; NONE where it is about nobody. */
  subject: number;
  /** Only the wallet that owns the firm gives the owner's word. */
  isOwnersWordAsked?: boolean;
  /** What a move in the tree lifts: it asks for all that lifting it by itself would. */
  lifts?: ActionKind[];
}

/**
 * What an action of a firm is about. Nothing here refuses: what does not exist is found out by the action.
 *
 * @param openedBefore number of the proposal it is; withdrawals that were asked for later do not count for it
 */
export function factsOf(
  state: State,
  firm: number,
  action: Action,
  openedBefore: number = state.directory.nextProposal,
): ActionFacts {
  const root = state.firms.columns.root[firm]!;
  const about = (subject: number, direction: Direction): ActionFacts => ({
    ...PLAIN,
    from: [root],
    direction,
    subject,
  });
  switch (action.kind) {
    case 'OpenNode':
      return { ...PLAIN, from: [action.parent] };
    case 'RenameNode':
    case 'TagNode':
    case 'NetPositions':
      return { ...PLAIN, from: [action.node] };
    case 'MoveNode':
      return factsOfMove(state, action);
    case 'ArchiveNode':
    case 'Flatten':
      return { ...PLAIN, from: [action.node], direction: 'tighten' };
    case 'SetNodeState': {
      const isStricter = NodeState[action.state] > (state.nodes.columns.state[action.node] ?? 0);
      return { ...PLAIN, from: [action.node], direction: isStricter ? 'tighten' : 'loosen' };
    }
    case 'SetLimits':
      return {
        ...PLAIN,
        from: [action.node],
        direction: areTighter(state, action) ? 'tighten' : 'loosen',
      };
    case 'SetMarginCalls':
      return {
        ...PLAIN,
        from: [action.node],
        direction: areStricter(state, action) ? 'tighten' : 'loosen',
      };
    case 'AcknowledgeMarginCall': {
      const account = state.directory.calls.find(({ call }) => call === action.call)?.account ?? NONE;
      const places = between(state, [{ from: account, to: NONE }]);
      return { ...places, direction: 'tighten', subject: action.member };
    }
    case 'AdmitMember':
    case 'SetPolicy':
      return about(NONE, 'loosen');
    case 'ChangeMember':
    case 'LinkWallet':
      return about(action.member, 'loosen');
    case 'RemoveMember':
      return about(action.member, 'tighten');
    // A wallet has no place in the tree: who may end it may end all of them.
    case 'UnlinkWallet':
      return { ...PLAIN, direction: 'tighten', subject: action.member };
    case 'ApproveKey':
      return aboutKey(state, firm, action, action, 'loosen');
    case 'RevokeKey':
      return aboutKey(state, firm, keyOf(state, firm, action.publicKey), undefined, 'tighten');
    case 'ChangeKey': {
      const { publicKey, expiresAtMs, ...scope } = action;
      const row = tradingKeyRow(state, firm, publicKey);
      const isTighter = row !== NONE && isNarrower(state, row, scope, expiresAtMs);
      return aboutKey(state, firm, keyOf(state, firm, publicKey), scope, isTighter ? 'tighten' : 'loosen');
    }
    case 'SetNettingWindow':
      return { ...PLAIN, from: [action.node], direction: action.everyMinutes === 0 ? 'tighten' : 'loosen' };
    case 'PlaceOverLimit': {
      const { account, instrument, sizeLots: lots } = action;
      const places = between(state, [{ from: account, to: NONE }]);
      return { ...places, movedUsd: portedUsd(state, { instrument, lots }) };
    }
    case 'Unwind':
      return { ...between(state, [{ from: action.account, to: NONE }]), direction: 'tighten' };
    case 'Withdraw': {
      const places = between(state, [{ from: action.account, to: NONE }]);
      return {
        ...places,
        movedUsd: askedTodayUsd(state, firm, action, openedBefore),
        isOwnersWordAsked: true,
      };
    }
    case 'ListDestination':
      return { ...PLAIN, from: [root], isOwnersWordAsked: true };
    case 'UnlistDestination':
      return about(NONE, 'tighten');
    case 'SetWithdrawalLimits':
      return about(NONE, areWithdrawalLimitsTighter(state, firm, action) ? 'tighten' : 'loosen');
    case 'SetSegregation': {
      const places = between(state, [{ from: action.account, to: NONE }]);
      return { ...places, direction: action.isSegregated ? 'tighten' : 'loosen' };
    }
    case 'Transfer':
      return transfersOf(state, firm, [action]);
    case 'TransferMany':
      return transfersOf(state, firm, action.transfers);
    case 'PortPosition':
      return { ...between(state, [action]), movedUsd: portedUsd(state, action) };
    case 'ChangeSet':
      return setFactsOf(state, action.parts);
  }
}

/**
 * What a policy asks of each part of a change set: a part is worth as much as all of its kind together, so that a
 * large sum in pieces is no smaller.
 */
export function partFactsOf(state: State, firm: number, parts: readonly ChangePart[]): ActionFacts[] {
  const transfers = parts.flatMap((part) => (part.kind === 'Transfer' ? [part] : []));
  const ports = parts.flatMap((part) => (part.kind === 'PortPosition' ? [part] : []));
  const transferred = transfersOf(state, firm, transfers).movedUsd;
  const ported = ports.reduce((sum, port) => addedUsd(sum, portedUsd(state, port)), 0);
  const moved: Moved = new Map();
  return parts.map((part) =>
    part.kind === 'MoveNode'
      ? factsOfMove(state, part, moved)
      : { ...between(state, [part]), movedUsd: part.kind === 'Transfer' ? transferred : ported },
  );
}

/** All places of a change set: of its moves between accounts and of its moves in the tree. */
function setFactsOf(state: State, parts: readonly ChangePart[]): ActionFacts {
  const accounts = between(
    state,
    parts.flatMap((part) => (part.kind === 'MoveNode' ? [] : [part])),
  );
  const moved = parts.flatMap((part) => (part.kind === 'MoveNode' ? placesOfMove(part) : []));
  return { ...accounts, from: [...accounts.from, ...moved] };
}

/** What holds there holds of it from then on: who asks must reach both. */
function placesOfMove({ node, parent }: MoveNode): number[] {
  return [node, parent];
}

function factsOfMove(state: State, action: MoveNode, moved?: Moved): ActionFacts {
  const lifts = liftedByMove(state, action, moved);
  return { ...PLAIN, from: placesOfMove(action), direction: lifts.length > 0 ? 'loosen' : 'tighten', lifts };
}

/** As large as all that was moved today without agreement and this: a large sum in pieces is no smaller. */
function transfersOf(state: State, firm: number, transfers: readonly CollateralTransfer[]): ActionFacts {
  const movedUsd = addedUsd(movedTodayUsd(state, firm), transferredUsd(state, transfers));
  return { ...between(state, transfers), movedUsd };
}

/** Whose key it is and what it may order for. */
type KeyReach = Pick<ApproveKey, 'member' | 'accounts'>;

function keyOf(state: State, firm: number, publicKey: string): KeyReach | undefined {
  return state.directory.agents[tradingKeyRow(state, firm, publicKey)];
}

/**
 * A key is where it may order: who asks for it, changes or ends it reaches all of that.
 *
 * @param scope what it is to be held to; undefined of one that ends
 */
function aboutKey(
  state: State,
  firm: number,
  key: KeyReach | undefined,
  scope: AgentScope | undefined,
  direction: Direction,
): ActionFacts {
  const owner = state.directory.members[key?.member ?? NONE];
  if (key === undefined || owner === undefined) return { ...PLAIN, direction };
  const listed = key.accounts.filter((account) => reachesAccount(state, owner, account));
  const all = [...owner.nodes, ...placesOf(state, owner.accounts)];
  const places = all.length === 0 ? [state.firms.columns.root[firm]!] : all;
  return {
    ...PLAIN,
    from: key.accounts.length > 0 ? placesOf(state, listed) : places,
    direction,
    subject: key.member,
    movedUsd: scope === undefined ? 0 : pastSoftLimitUsd(state, owner, key.accounts, scope),
  };
}

/** The places of accounts, each once; an account that is not there has none. */
function between(state: State, moves: readonly { from: number; to: number }[]): ActionFacts {
  const from = placesOf(
    state,
    moves.map((move) => move.from),
  );
  const to = placesOf(
    state,
    moves.map((move) => move.to),
  );
  return { ...PLAIN, from, to };
}

function placesOf({ accounts: { columns } }: State, accounts: readonly number[]): number[] {
  const places = accounts.map((account) => columns.node[account] ?? NONE);
  return [...new Set(places.filter((place) => place !== NONE))];
}

const PLAIN: ActionFacts = { from: [], to: [], direction: 'loosen', movedUsd: 0, subject: NONE };
