/** GET /api/v1/sessions: who is signed in as oneself, or (`?of=firm`, for admins) as anybody of the firm. */
export interface SessionsView {
  sessions: SessionEntryView[];
}

/** GET /api/v1/agents: the trading keys of who is signed in that still count, newest first. */
export interface OwnKeysView {
  keys: OwnKeyView[];
}

export interface OwnKeyView {
  publicKey: string;
  /** Accounts by their labels; empty: all that the member may. */
  accounts: string[];
  /** What it is held to, as in AgentScope. */
  markets: string[];
  notionalPerHourUsd: number;
  addresses: string[];
  expiresAtMs: number;
}

export interface SessionEntryView {
  /** What DELETE /api/v1/sessions/:session names. It signs nobody in. */
  session: string;
  /** Of the member, and the wallet it signed in with. */
  label: string;
  address: string;
  startedMs: number;
  lastSeenMs: number;
  expiresAtMs: number;
  /** As the browser names itself. */
  browser: string;
  /** Stands for the network address: equal for equal ones, until the desk restarts. */
  place: string;
  /** The one that asks. */
  isThis: boolean;
}
