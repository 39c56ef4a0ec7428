import type { DistanceView } from './margin.ts';

/**
 * GET /api/v1/firm/risk: what the accounts of the person who asks hold and need, and what places use of their limits,
 * all at one sequence, so that it may be added up. Lean: a firm may have a thousand accounts.
 */
export interface FirmRiskView {
  seq: number;
  timeMs: number;
  /** Since when this day's profit is counted: the desk's first tick after midnight UTC; 0: not yet. */
  daySinceMs: number;
  accounts: AccountRiskView[];
  /** Of the places whose accounts the person sees all of; a limit that is not set is not there. */
  limits: LimitUseView[];
}

/** An account in the numbers that add up, and how far it is from liquidation. */
export interface AccountRiskView {
  account: number;
  label: string;
  /** Where it stands in its firm's tree; a pot stands where its account does. */
  node: number;
  /** The account a pot belongs to; null for all others. */
  potOf: number | null;
  equityUsd: number;
  /** What maintenance margin may not count on of the equity. */
  heldBackUsd: number;
  unrealizedPnlUsd: number;
  /** How its worth without haircuts has changed this day, less what was moved in or out; null before the count. */
  dayPnlUsd: number | null;
  initialUsd: number;
  maintenanceUsd: number;
  freeUsd: number;
  /** Maintenance ÷ (equity − held back) in ppm; −1 is infinite. */
  ratioPpm: number;
  distance: ReadDistanceView;
  positions: HeldPositionView[];
  /** Collateral, the settlement currency too. */
  balances: HeldBalanceView[];
}

/** A distance is dear to measure: of a large firm the nearest are measured anew each time, the others in turn. */
export interface ReadDistanceView extends Pick<DistanceView, 'state' | 'sigmas' | 'touchPpm' | 'path'> {
  /** Sequence at which it was measured; 0: not yet, and everything beside it says nothing. */
  seq: number;
  timeMs: number;
}

export interface HeldPositionView {
  instrument: number;
  name: string;
  /** Of whose price it depends. */
  underlying: string;
  lots: number;
  markUsdPerLot: number;
  unrealizedPnlUsd: number;
  /** Change of value per unit of return of the underlying, micro-USD. */
  deltaUsd: number;
  /** What a day of one σ of the underlying moves it by, in the volatility of distances; never negative. */
  sigmaDayUsd: number;
}

export interface HeldBalanceView {
  asset: string;
  /** Of whose price its value depends; empty for the settlement currency. */
  underlying: string;
  amount: number;
  valueUsd: number;
}

export type LimitKind =
  | 'gross'
  | 'net'
  | 'classGross'
  | 'classNet'
  | 'assetGross'
  | 'assetNet'
  | 'concentration'
  | 'ordersPerMinute'
  | 'dayLoss'
  | 'leverage';

/** How much of one limit a place uses, in the limit's own unit: micro-USD, ppm or orders. */
export interface LimitUseView {
  node: number;
  kind: LimitKind;
  /** The class or the underlying it is about; empty for all. */
  of: string;
  /** With open orders at their worst, as an order is judged by it; rounded up. */
  used: number;
  /** What passes it needs an approval; null: none is set. */
  soft: number | null;
  /** What passes it is refused; null: none is set. */
  hard: number | null;
}
