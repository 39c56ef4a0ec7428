import type { InstrumentKindName, NodeStateName, Role, SideName, UnderlyingClassName } from '../enums.ts';
import type { ActionKind } from './actionNumbers.ts';
import type { AgentScope } from './agentScope.ts';
import type { Rule } from './policy.ts';

/**
 * What a firm's people ask for besides orders. Each is judged by the firm's policy: allowed at once, refused, or
 * waiting until those agree whom the policy names.
 */
export type Action = Numbered<
  | OpenNode
  | RenameNode
  | MoveNode
  | TagNode
  | ArchiveNode
  | SetNodeState
  | AdmitMember
  | ChangeMember
  | RemoveMember
  | LinkWallet
  | UnlinkWallet
  | ApproveKey
  | RevokeKey
  | ChangeKey
  | SetPolicy
  | SetLimits
  | SetMarginCalls
  | AcknowledgeMarginCall
  | Transfer
  | TransferMany
  | PortPosition
  | ChangeSet
  | NetPositions
  | SetNettingWindow
  | Unwind
  | Flatten
  | PlaceOverLimit
  | Withdraw
  | ListDestination
  | UnlistDestination
  | SetWithdrawalLimits
  | SetSegregation
>;

/** An action without a number does not compile. */
type Numbered<A extends { readonly kind: ActionKind }> = A;

/** Opens a group or a subaccount below a group of the firm's tree. */
export interface OpenNode {
  kind: 'OpenNode';
  parent: number;
  label: string;
  /** A subaccount is a margin pool and has nothing below it; a group only gathers what is below it. */
  isAccount: boolean;
}

export interface RenameNode {
  kind: 'RenameNode';
  node: number;
  label: string;
}

/** Puts a group, with all that is below it, or a subaccount below another group of its firm. */
export interface MoveNode {
  kind: 'MoveNode';
  node: number;
  parent: number;
}

/** Strategy tags, for people and reports: they take the place of those it had. */
export interface TagNode {
  kind: 'TagNode';
  node: number;
  tags: string[];
}

/** Closes a group or a subaccount for good, with all that is below it. */
export interface ArchiveNode {
  kind: 'ArchiveNode';
  node: number;
}

/** Lets the accounts at a place and below it do less, or all again. What is stricter above it still holds. */
export interface SetNodeState {
  kind: 'SetNodeState';
  node: number;
  state: Exclude<NodeStateName, 'archived'>;
}

/** Limits of what is at a place and below it, in place of those it had. Two empty sets take them away. */
export interface SetLimits {
  kind: 'SetLimits';
  node: number;
  limits: {
    /** What passes these needs an approval. */
    soft: NodeLimits;
    /** What passes these is refused. */
    hard: NodeLimits;
  };
}

/** What accounts may come to hold together and how they may trade. A field that is left out limits nothing. */
export interface NodeLimits {
  /** Σ of positions, each with the worse side of its open orders, micro-USD at the index. */
  grossUsd?: number;
  /** The same where positions offset each other: the larger of all up and all down. */
  netUsd?: number;
  classes?: { class: UnderlyingClassName; grossUsd?: number; netUsd?: number }[];
  assets?: { underlying: string; grossUsd?: number; netUsd?: number }[];
  /** Value of one order at the index, micro-USD. */
  orderUsd?: number;
  /** Orders and changes of orders in one minute of the clock. */
  ordersPerMinute?: number;
  /** What the accounts may lose together since 00:00 UTC before nothing more is opened, micro-USD. */
  dayLossUsd?: number;
  /** Gross of positions and open orders over the worth of the accounts, ppm: 1,000,000 is once. */
  leveragePpm?: number;
  /** Share of gross that an asset may grow to, ppm, once gross is over the floor (0 when that is left out). */
  concentrationPpm?: number;
  concentrationFloorUsd?: number;
  /** What may be traded at all. */
  underlyings?: string[];
  kinds?: InstrumentKindName[];
}

/** Says when people are called because the margin of an account at a place or below it grows thin. */
export interface SetMarginCalls {
  kind: 'SetMarginCalls';
  node: number;
  /** In place of those the place had, mildest first. None: the next place above that has some counts again. */
  levels: MarginCallLevel[];
}

export interface MarginCallLevel {
  /** Maintenance margin ÷ equity from which it calls, ppm: 1 to 1,000,000. */
  ratioPpm: number;
  /** Who is called. */
  roles: Role[];
  /** What is laid ready for them: collateral from a sister account, or closing all. They still have to ask for it. */
  prepare: 'nothing' | 'transfer' | 'unwind';
}

/** Says that a person has taken a margin call on. */
export interface AcknowledgeMarginCall {
  kind: 'AcknowledgeMarginCall';
  call: number;
  /** Who signs it. */
  member: number;
}

/** Moves collateral from a subaccount of the firm to another one, of the firm or of another owner. */
export interface Transfer extends CollateralTransfer {
  kind: 'Transfer';
}

/** Several transfers, in this order: all of them or none. */
export interface TransferMany {
  kind: 'TransferMany';
  transfers: CollateralTransfer[];
}

export interface CollateralTransfer {
  from: number;
  to: number;
  /** By name. */
  asset: string;
  /** Smallest units of the asset. */
  amount: number;
}

/** Moves a position of the firm, or a part of it, to another account of the same or of another owner, without a trade. */
export interface PortPosition {
  kind: 'PortPosition';
  from: number;
  to: number;
  instrument: number;
  /** How much of the position, whichever side it is on: ≥ 1. */
  lots: number;
  /** The price that was agreed; 0: the mark of the moment it is done. */
  priceTicks: number;
}

/**
 * Several moves of money, positions or places as one change: all of them or none, in this order. Margin is judged once,
 * by what they lead to together.
 */
export interface ChangeSet {
  kind: 'ChangeSet';
  /** 2 to 16. */
  parts: ChangePart[];
}

/** What a change set is made of; its number is its place, from 1. */
export type ChangePart = Transfer | PortPosition | MoveNode;

/** Crosses opposite positions of the subaccounts below a node at the mark, without a trade. */
export interface NetPositions {
  kind: 'NetPositions';
  node: number;
  instrument: number;
}

/** Says when that happens by itself below a group, in every instrument. */
export interface SetNettingWindow {
  kind: 'SetNettingWindow';
  node: number;
  /** At least 5 and a whole number of times a day; 0: never again. */
  everyMinutes: number;
  /** Minute of the day, UTC, from which they are counted. */
  startMinuteUtc: number;
}

/** Cancels all orders of an account and closes its positions in the book. */
export interface Unwind {
  kind: 'Unwind';
  account: number;
  /** No further from the mark than this share of it; left out or 0: as far as each market's band. */
  distancePpm?: number;
}

/** The same for all that is at or below a node. */
export interface Flatten {
  kind: 'Flatten';
  node: number;
  distancePpm?: number;
}

/** Takes collateral out of a subaccount, to be paid by the vault to an address on the chain. Nothing takes it back. */
export interface Withdraw {
  kind: 'Withdraw';
  account: number;
  /** By name. */
  asset: string;
  /** Smallest units of the asset. */
  amount: number;
  /** The firm's owner, or an address the owner has listed in the vault; lower case hex. */
  to: string;
  /** What is not authorised by then is not authorised any more. */
  deadlineMs: number;
}

/**
 * Writes an address in the firm's book: withdrawals may go there, as far as the vault pays there by its owner's own word.
 * One that is there already gets another name and limit.
 */
export interface ListDestination {
  kind: 'ListDestination';
  /** Lower case hex. */
  to: string;
  label: string;
  /** All that goes there in a day at most, micro-USD at the index; 0: what the firm's own limits leave. */
  dayUsd: number;
}

/** Takes an address out of the firm's book, at once. What was authorised before is still paid. */
export interface UnlistDestination {
  kind: 'UnlistDestination';
  to: string;
}

/** What may be withdrawn in a day from 00:00 UTC, at the index, in place of what it was; 0: no end. */
export interface SetWithdrawalLimits {
  kind: 'SetWithdrawalLimits';
  /** Of all accounts together, micro-USD. */
  dayUsd: number;
  /** To any one address, the owner's too, micro-USD. */
  destinationDayUsd: number;
}

/**
 * Keeps a subaccount apart from all others, or no longer: nothing is moved, ported or crossed between it and another.
 * What comes and goes comes from the vault and goes there.
 */
export interface SetSegregation {
  kind: 'SetSegregation';
  account: number;
  isSegregated: boolean;
}

/** Lets a person act for the firm. */
export interface AdmitMember {
  kind: 'AdmitMember';
  /** Of the wallet, lower case hex. */
  address: string;
  role: Role;
  label: string;
  /** The parts of the tree it reaches; empty: all of the firm. */
  nodes: number[];
}

/** Gives a member another role or another part of the tree. */
export interface ChangeMember {
  kind: 'ChangeMember';
  member: number;
  role: Role;
  nodes: number[];
}

/** Ends a membership, with all its wallets and keys, at once. */
export interface RemoveMember {
  kind: 'RemoveMember';
  member: number;
}

/** One more wallet of the same person: it signs for the same member and never counts twice. */
export interface LinkWallet {
  kind: 'LinkWallet';
  member: number;
  address: string;
}

/** Ends one wallet of a member, at once. */
export interface UnlinkWallet {
  kind: 'UnlinkWallet';
  member: number;
  address: string;
}

/**
 * Lets a trading key order for who asks. For a day its wallet's word alone is enough (`ApproveAgent`, what a browser is
 * signed in with); a key that lives longer is the firm's to judge.
 */
export interface ApproveKey extends AgentScope {
  kind: 'ApproveKey';
  /** Whom it orders for: who asks, and nobody else. */
  member: number;
  scheme: 'ed25519' | 'p256';
  /** Hex without prefix. */
  publicKey: string;
  /** Accounts it may order for, with their pots; empty: all its member may. */
  accounts: number[];
  /** At most 90 days away. */
  expiresAtMs: number;
}

/** Ends a trading key of a member, at once, with the orders it placed or changed last. */
export interface RevokeKey {
  kind: 'RevokeKey';
  publicKey: string;
}

/** Holds a trading key to other terms, in place of those it had. Its accounts stay as its owner's wallet approved them. */
export interface ChangeKey extends AgentScope {
  kind: 'ChangeKey';
  publicKey: string;
  expiresAtMs: number;
}

/** All rules of the firm anew. What waits for approvals under the old ones ends. */
export interface SetPolicy {
  kind: 'SetPolicy';
  rules: Rule[];
}

/** An order that passes a soft limit of its account's places, as it was written when it was asked for. */
export interface PlaceOverLimit {
  kind: 'PlaceOverLimit';
  account: number;
  instrument: number;
  side: SideName;
  /** The worst price; it is what makes an order of then one of now. */
  priceTicks: number;
  sizeLots: number;
  timeInForce: 'gtc' | 'ioc' | 'fok';
}
