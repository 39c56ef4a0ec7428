import type { Limits } from '../commands/types.ts';
import type { AgentScheme } from '../enums.ts';
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
  firms: { firm: number; label: string; owner: string }[];
  accounts: { account: number; firm: number; label: string; potOf: PotOfView | null }[];
  members: MemberView[];
  agents: AgentView[];
}

export interface MemberView {
  member: number;
  firm: number;
  /** Lower case hex. */
  address: string;
  role: number;
  label: string;
  /** Accounts it may see; resolved, never empty unless the firm has none. */
  accounts: number[];
}

export interface AgentView {
  /** What an envelope's `actor` says. */
  agent: number;
  member: number;
  scheme: AgentScheme;
  publicKey: string;
  accounts: number[];
  expiresAtMs: number;
  isRevoked: boolean;
}
