import type { MarginCallLevel } from '../../protocol/commands/actions.ts';
import type { Policy } from '../../protocol/commands/policy.ts';
import type { Genesis } from '../../protocol/commands/types.ts';
import type { AgentScheme, ProposalEnd, Role } from '../../protocol/enums.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { DepositFacts, SettlementFacts } from '../settlement/settlementFacts.ts';

/** A listed asset. Numbers as in `ListAsset`; `underlying` is −1 for the settlement currency. */
export interface AssetFacts {
  name: string;
  decimals: number;
  weightPpm: number;
  underlying: number;
  sources: number;
  poolCapUnits: number;
  redemptionPpm: number;
  /** Where the ratio stood when its day of changes began, and that time: a day moves it by so much and no more. */
  redemptionBasePpm: number;
  redemptionBaseMs: number;
}

export interface FirmFacts {
  label: string;
  owner: string;
  /** What the firm has set itself, 2 for the first such version; null: the standard one, which is version 1. */
  policy: (Policy & { version: number }) | null;
}

export interface MemberFacts {
  firm: number;
  /** Of the first wallet. */
  address: string;
  role: Role;
  label: string;
  /** Accounts it reaches one by one, and parts of the tree; both empty: all of the firm. */
  accounts: number[];
  nodes: number[];
  isRemoved: boolean;
}

/** A key that orders for a member, or a wallet that signs for one. */
export interface AgentFacts {
  member: number;
  publicKey: string;
  scheme: AgentScheme;
  /** Accounts and instruments it may act on, by number; empty: all that the member may. */
  accounts: number[];
  markets: number[];
  /** Network addresses it may be used from, as they were written; empty: any. */
  addresses: string[];
}

/** A proposal that is open no more. */
export interface DecidedProposal {
  /** As it was when it ended. */
  proposal: ProposalView;
  end: ProposalEnd;
  /** Number of the refusal of what failed, else 0. */
  code: number;
  /** The part of a change set that failed, from 1. */
  part?: number;
  /** Who ended it; −1 where nobody did. */
  member: number;
  seq: number;
  endedMs: number;
}

/** A margin call that is open. */
export interface MarginCallFacts {
  call: number;
  account: number;
  /** Place in the levels that hold for the account, from 0. */
  level: number;
  /** Maintenance margin ÷ equity when it came to this level, ppm; −1 when equity was gone. */
  ratioPpm: number;
  openedMs: number;
  /** Member who took it on at this level; −1 while nobody has. */
  acknowledgedBy: number;
  acknowledgedMs: number;
}

/**
 * Names, labels and keys: facts that change by the day, kept as plain data in order of their numbers.
 * No order command writes here, so a preview never has to undo it.
 */
export interface Directory {
  /** Grows with every change; tells caches and gateways to look again. */
  version: number;
  genesis: Genesis | null;
  assets: AssetFacts[];
  underlyings: { name: string }[];
  instruments: { name: string }[];
  /** Tiers in ascending volume. */
  feeTiers: { volumeUsd: number; makerPpm: number; takerPpm: number }[];
  firms: FirmFacts[];
  accounts: { label: string; firm: number }[];
  nodes: { label: string; tags: string[] }[];
  members: MemberFacts[];
  /** Open ones, oldest first. */
  proposals: ProposalView[];
  /** Number of the next one. */
  nextProposal: number;
  /** What became of the others, oldest first; of each firm the last ones. Never changed in place. */
  decided: readonly DecidedProposal[];
  /** Of the nodes that have levels of their own. Never changed in place. */
  callLevels: readonly { node: number; levels: readonly MarginCallLevel[] }[];
  /** Open ones, oldest first. Never changed in place. */
  calls: readonly MarginCallFacts[];
  nextCall: number;
  agents: AgentFacts[];
  /**
   * Every deposit credited before a vault was adopted, in order: none is credited twice, and the desk makes the same
   * ones in the vault. Empty from then on, when their order alone protects. Never changed in place.
   */
  deposits: readonly DepositFacts[];
  settlement: SettlementFacts;
}

export function createDirectory(): Directory {
  return {
    version: 0,
    genesis: null,
    assets: [],
    underlyings: [],
    instruments: [],
    feeTiers: [],
    firms: [],
    accounts: [],
    nodes: [],
    members: [],
    proposals: [],
    nextProposal: 1,
    decided: [],
    callLevels: [],
    calls: [],
    nextCall: 1,
    agents: [],
    deposits: [],
    settlement: {
      vault: null,
      root: null,
      counted: [],
      withdrawals: [],
      paid: [],
      returned: [],
      listed: [],
      caps: [],
      demands: [],
      paidTo: [],
      book: [],
      limits: [],
      sent: [],
    },
  };
}
