/**
 * GET /api/v1/stress-map: what a move of the whole market together with one of implied volatility would do to the
 * accounts of the person who asks, before anybody could act, added up.
 */
export interface StressMapView {
  /** Of the question; accounts that are many are measured in turns. */
  seq: number;
  timeMs: number;
  /** Sequence of the account that was measured longest ago. */
  oldestSeq: number;
  /** Accounts that the sums are of, and those there are: fewer until each has had its turn. */
  measured: number;
  accounts: number;
  /** Whose price moves first; all others follow by their β. */
  market: string;
  /** Returns of it, fractions, ascending. */
  moves: readonly number[];
  /** What a month's implied volatility does, as a share of itself, largest first. */
  volatilities: readonly number[];
  /** A row for each volatility, in it a cell for each move. */
  cells: readonly StressCellView[];
}

export interface StressCellView {
  /** Micro-USD, positive is gained. */
  pnlUsd: number;
  /** Accounts whose maintenance margin would be more than their equity. */
  over: readonly number[];
}
