/** Where an account is to stand: so far from liquidation, or with maintenance at most such a share of its equity. */
export type RebalanceTarget = { by: 'distance'; sigmas: number } | { by: 'ratio'; ratioPpm: number };

/** Who is to be brought to a target, and who may help. */
export interface RebalanceTerms {
  /** The most urgent first. */
  wanted: readonly number[];
  others: readonly number[];
  target: RebalanceTarget;
}

/**
 * POST /api/v1/firm/rebalance: which transfers between a firm's accounts bring some of them to a target, each giver
 * staying at it too. Nothing is done: whoever wants it asks for it as a change set.
 */
export interface RebalanceView {
  seq: number;
  timeMs: number;
  /** Accounts that were short of the target, in the order they were asked for. */
  needs: RebalanceNeedView[];
  transfers: RebalanceTransferView[];
}

export interface RebalanceNeedView {
  account: number;
  /** Micro-USDC; null where no amount that the desk would think of leads there. */
  neededUsd: number | null;
  /** What the transfers give it. */
  givenUsd: number;
}

export interface RebalanceTransferView {
  from: number;
  to: number;
  asset: 'USDC';
  /** Micro-USDC. */
  amount: number;
}
