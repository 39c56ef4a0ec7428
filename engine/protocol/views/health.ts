import type { AccountSummaryView } from './account.ts';
import type { ChainHealthView } from './chainHealth.ts';
import type { AssetView, MarketView } from './market.ts';
import type { SettlementStatus, SignersView } from './settlement.ts';

/** GET /api/v1/health: 200 once orders are accepted, else 503. */
export interface HealthView {
  status: 'ok' | 'starting' | 'halted';
  sequence: number;
  timeMs: number;
  /** Sequence the follower has applied and last one where both hashes were compared equal. */
  followerSequence: number;
  hashCheckedSequence: number;
  /** The hash both had there, 64 hex digits; empty before the first state. */
  stateHash: string;
  recordsSequence: number;
  uptimeMs: number;
  market: string;
  build: string;
  chain: ChainHealthView;
  settlement: SettlementHealthView;
  /** How full is what people fill; empty before the first state. */
  tables: TableUseView[];
  /** What whoever runs the desk should see to now, a sentence each. */
  alarms: string[];
}

/** Rows taken, and as many as there can be: what is full refuses everybody. */
export interface TableUseView {
  name: string;
  used: number;
  limit: number;
}

/** The vault beside the journal: GET /api/v1/settlement tells the rest. */
export interface SettlementHealthView {
  status: SettlementStatus;
  /** What an operator should know of it. */
  sentence: string;
  /** Deposits the engine has credited. */
  depositCursor: number;
  /** Epoch of the last root posted, and of the last one that is final; 0 before there is one. */
  lastRoot: number;
  finalRoot: number;
  /** The machines that sign roots. */
  signers: SignersView;
  secondNode: SecondNodeView;
}

/**
 * A second node of the chain, which has to tell a deposit as the first one does before it is credited. `unasked`: there
 * was none since the start. `differs`: it tells something else; `down`: it does not answer. In both the deposit waits.
 */
export interface SecondNodeView {
  state: 'off' | 'unasked' | 'agrees' | 'differs' | 'down';
  sentence: string;
}

/** GET /api/v1/markets: what is listed, and the domain every signature names. */
export interface MarketsView {
  chainId: number;
  vault: string;
  isSandbox: boolean;
  isPaused: boolean;
  markets: MarketView[];
  assets: AssetView[];
}

/** GET /api/v1/session */
export interface SessionView {
  address: string;
  label: string;
  role: string;
  expiresAtMs: number;
  accounts: AccountSummaryView[];
}
