import type { AccountView } from './account.ts';

/** GET /api/v1/accounts: every account of the person who asks, all at one sequence, so that they may be added up. */
export interface AccountsView {
  seq: number;
  timeMs: number;
  accounts: AccountView[];
}

/**
 * GET /api/v1/accounts/:account/margin-history: the last day by the minute, as the desk saw it. Kept in memory:
 * a desk that was started anew begins again, and says since when it has looked.
 */
export interface MarginHistoryView {
  account: number;
  sinceMs: number;
  /** Oldest first; a minute nobody looked is not there. */
  samples: MarginSampleView[];
}

/** The worst of one minute. */
export interface MarginSampleView {
  /** Start of the minute. */
  timeMs: number;
  /** Smallest joint distance, σ-days; −1 while nothing was at risk. */
  sigmas: number;
  /** Largest maintenance ÷ equity, ppm; −1 is infinite. */
  ratioPpm: number;
}
