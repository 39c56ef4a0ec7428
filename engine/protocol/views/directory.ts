import type { Action } from '../commands/actions.ts';
import type { Approvals } from '../commands/policy.ts';
import type { Limits } from '../commands/types.ts';
import type { AgentScheme, NodeStateName } from '../enums.ts';
import type { PotOfView } from './account.ts';
import type { AssetView, MarketView } from './market.ts';

/**
 * Names and numbers of everything that has a name: what the gateway needs to read a request.
 * It changes rarely; the engine sends a new one with the first batch that changed it.
 */
export interface DirectoryView {
  seq: number;
  isSandbox: boolean;
  chainId: number;
  vault: string;
  limits: Limits;
  markets: MarketView[];
  assets: AssetView[];
  underlyings: { id: number; name: string; isMajor: boolean; sources: number }[];
  /** `policyHash` names the rules a firm is judged by now. */
  firms: { firm: number; label: string; owner: string; policyHash: string }[];
  accounts: { account: number; firm: number; label: string; potOf: PotOfView | null }[];
  nodes: NodeView[];
  members: MemberView[];
  /** What waits for agreement, oldest first. */
  proposals: ProposalView[];
  agents: AgentView[];
}

/** A place in a firm's tree. */
export interface NodeView {
  node: number;
  firm: number;
  /** Null for the root. */
  parent: number | null;
  /** Of a subaccount; null for a root and a group. */
  account: number | null;
  label: string;
  tags: readonly string[];
  /** Its own; the strictest on the way up to the root holds. */
  state: NodeStateName;
  /** Whether it, or something above it, is archived. */
  isArchived: boolean;
}

/** An action that waits until enough people agree, or until its delay is over; the same as the engine keeps it. */
export interface ProposalView {
  proposal: number;
  firm: number;
  /** Member who asked. */
  maker: number;
  action: Action;
  /** As a sentence, by the names of when it was opened: what everybody who agrees has signed. */
  summary: string;
  actionHash: string;
  policyHash: string;
  /** Rules that matched, by their ids. */
  rules: string[];
  needs: Approvals;
  proposedMs: number;
  expiresAtMs: number;
  /** When it is done; 0 while somebody still has to agree. */
  dueAtMs: number;
  /** In the order they were given. */
  approvals: ApprovalView[];
  /** What was said about it, oldest first; why it was vetoed among it. */
  comments: CommentView[];
}

export interface ApprovalView {
  member: number;
  agent: number;
  /** Address of the wallet that signed, which its member may have unlinked since. */
  wallet: string;
  /** Of the command that carried it. */
  seq: number;
  timeMs: number;
}

export interface CommentView {
  member: number;
  timeMs: number;
  text: string;
  /** Waits for an answer of whoever asked. */
  isQuestion: boolean;
}

export interface MemberView {
  member: number;
  firm: number;
  /** Of the first wallet, lower case hex. */
  address: string;
  role: number;
  label: string;
  /** Accounts it may see; resolved, never empty unless the firm has none or the member has left. */
  accounts: number[];
  /** Parts of the tree it reaches; empty: all of it, or the accounts one by one. */
  nodes: number[];
  /** All that sign for it, none once it has left. */
  wallets: string[];
  isRemoved: boolean;
}

export interface AgentView {
  /** What an envelope's `actor` says. */
  agent: number;
  member: number;
  scheme: AgentScheme;
  publicKey: string;
  accounts: number[];
  /** What it is held to, as in AgentScope; instruments by number. */
  markets: number[];
  notionalPerHourUsd: number;
  addresses: string[];
  expiresAtMs: number;
  isRevoked: boolean;
}
