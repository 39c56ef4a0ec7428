import { NONE } from '../memory/table.ts';

/** What an order or a transfer would change of an account. */
export interface Change {
  instrument: number;
  signedLots: number;
  /** Σ price × lots of its fills, micro-USD, ≥ 0. */
  notional: number;
  fee: number;
  /** Open lots that are added on the order's side; negative when an amendment takes some back. */
  openLots: number;
  side: number;
  /** Collateral that leaves without a trade: the asset, NONE for none, and how much of it. */
  leavingAsset: number;
  leavingAmount: number;
}

export const UNCHANGED: Change = {
  instrument: NONE,
  signedLots: 0,
  notional: 0,
  fee: 0,
  openLots: 0,
  side: 0,
  leavingAsset: NONE,
  leavingAmount: 0,
};
