/**
 * GET /api/v1/agents: the trading keys that still count, newest first: one's own, or (`?of=firm`) those of the firm that
 * who asks may see.
 */
export interface KeysView {
  keys: KeyView[];
}

export interface KeyView {
  publicKey: string;
  /** Label of the member it orders for. */
  owner: string;
  isOwn: boolean;
  /** Accounts by their labels; empty: all that the member may. */
  accounts: string[];
  /** What it is held to, as in AgentScope. */
  markets: string[];
  notionalPerHourUsd: number;
  addresses: string[];
  expiresAtMs: number;
  use: KeyUseView;
}

/** What a key did. All but the notional is known since the desk started. */
export interface KeyUseView {
  /** Value at the index of what it opened in this hour of the clock, micro-USD; null where it is held to nothing. */
  openedUsd: number | null;
  /** Orders and changes of orders that were accepted in this hour of the clock. */
  orders: number;
  /** Engine time of its last command, and the network address that came from; null before any. */
  lastSeenMs: number | null;
  lastAddress: string | null;
}
