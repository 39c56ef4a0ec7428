/** What the legs in one underlying bring under a stress. Micro-USD, positive is gained. */
export interface StressLegView {
  underlying: string;
  /** Return of the underlying, fraction. */
  move: number;
  /** Perpetuals and futures. */
  linearUsd: number;
  optionsUsd: number;
  /** Coins, after their haircut. */
  collateralUsd: number;
}

/** An account in the moment after a stress, before anybody could act. */
export interface StressOutcomeView {
  id: string;
  /** What the legs sum to, exactly. */
  pnlUsd: number;
  equityUsd: number;
  maintenanceUsd: number;
  /** Maintenance ÷ (equity − held back) in ppm; −1 when that is ≤ 0 with something to maintain (infinite). */
  ratioPpm: number;
  /** What the account would owe beyond all it has, ≥ 0. */
  deficitUsd: number;
  legs: StressLegView[];
}

/** One of the fixed list. */
export interface StressView {
  id: string;
  name: string;
  /** What a month's implied volatility does, as a share of itself: 0.5 is +50 %. */
  volatility: number;
}

export interface StressedAccountView {
  account: number;
  label: string;
  /** As it stands. */
  equityUsd: number;
  maintenanceUsd: number;
  /** In the order of the list. */
  outcomes: StressOutcomeView[];
}

/** GET /api/v1/stresses: the fixed list on every account of the person who asks, all at one sequence. */
export interface StressesView {
  seq: number;
  timeMs: number;
  stresses: StressView[];
  accounts: StressedAccountView[];
}
