import type { AccountView } from './account.ts';

/** GET /api/v1/accounts: every account of the person who asks, all at one sequence, so that they may be added up. */
export interface AccountsView {
  seq: number;
  timeMs: number;
  accounts: AccountView[];
}

/**
 * GET /api/v1/accounts/:account/margin-history: the last day by the minute, as the desk saw it, or with `?step=5m` by
 * five minutes. Kept over a restart with the records; a desk without them begins again and says since when it has looked.
 */
export interface MarginHistoryView {
  account: number;
  sinceMs: number;
  /** Oldest first; a minute nobody looked is not there. Minutes of an earlier run are as bad as the worst of their five. */
  samples: MarginSampleView[];
}

/** The worst of one minute, or of five. */
export interface MarginSampleView {
  /** Its start. */
  timeMs: number;
  /** Smallest joint distance, σ-days; −1 while nothing was at risk. */
  sigmas: number;
  /** Largest maintenance ÷ equity, ppm; −1 is infinite. */
  ratioPpm: number;
}
