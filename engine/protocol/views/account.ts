import type { OrderTypeName, SideName, TimeInForceName } from '../enums.ts';
import type { DistanceView, MarginView } from './margin.ts';

export interface BalanceView {
  asset: number;
  name: string;
  /** In the asset's smallest unit; negative USDC is owed. */
  amount: number;
  valueUsd: number;
  /** What counts as equity after the haircut. */
  countedUsd: number;
}

export interface PositionView {
  instrument: number;
  /** Positive is long. */
  lots: number;
  /** Σ lots × price of entry, micro-USD, signed like lots. Average entry = entryValueUsd ÷ lots. */
  entryValueUsd: number;
  markUsdPerLot: number;
  notionalUsd: number;
  unrealizedPnlUsd: number;
}

export type OrderState = 'open' | 'parked' | 'filled' | 'cancelled';

export interface OrderView {
  orderId: number;
  /** 32 hex digits, or empty. */
  clientId: string;
  account: number;
  instrument: number;
  side: SideName;
  type: OrderTypeName;
  timeInForce: TimeInForceName;
  isPostOnly: boolean;
  isReduceOnly: boolean;
  priceTicks: number;
  sizeLots: number;
  openLots: number;
  triggerTicks: number;
  expiresAtMs: number;
  acceptedSeq: number;
  acceptedMs: number;
  /** Lots in front of it at its level when the view was made; −1 when parked. */
  lotsAhead: number;
  state: OrderState;
}

export interface FillView {
  tradeId: number;
  orderId: number;
  account: number;
  instrument: number;
  side: SideName;
  priceTicks: number;
  lots: number;
  isMaker: boolean;
  feeUsd: number;
  realizedPnlUsd: number;
  seq: number;
  timeMs: number;
}

/** What maintenance margin will be from the next full hour on, everything else unchanged: the published schedule. */
export interface AnnouncedMarginView {
  atMs: number;
  maintenanceUsd: number;
}

/** A pot of an account: an account of its own, to be read and traded under its own number. */
export interface PotView {
  account: number;
  /** The only underlying it trades. */
  underlying: string;
  label: string;
}

/** Set on a pot: the account it belongs to, and the only underlying it trades. */
export interface PotOfView {
  account: number;
  underlying: string;
}

/** A leverage cap that binds an account. */
export interface LeverageCapView {
  /** Null: of the whole account. */
  underlying: string | null;
  leverageMilli: number;
  /** Notional of positions and of the worse side of open orders ÷ equity, × 1000; −1: there is no equity. */
  usedMilli: number;
}

/** How much of a coin the account's firm may hold, positions and open orders of a side together. */
export interface OwnerCapView {
  underlying: string;
  /** Over all accounts of the firm, micro-USD at the index. */
  longUsd: number;
  shortUsd: number;
  capUsd: number;
}

/** A whole account at one sequence, as the follower computed it. */
export interface AccountView {
  account: number;
  firm: number;
  label: string;
  firmLabel: string;
  /** Null unless it is a pot. */
  potOf: PotOfView | null;
  /** In the order they were opened. */
  pots: PotView[];
  /** USDC that may leave now without touching what its positions and orders need, micro-USD ≥ 0. */
  movableUsd: number;
  /** Its own caps, and those of coins that were listed with one. */
  leverageCaps: LeverageCapView[];
  /** For each coin the firm has positions or orders in. */
  ownerCaps: OwnerCapView[];
  seq: number;
  timeMs: number;
  balances: BalanceView[];
  positions: PositionView[];
  orders: OrderView[];
  margin: MarginView;
  /** Null while no volatility multiplier is about to change. */
  announced: AnnouncedMarginView | null;
  distance: DistanceView;
}

/** For the account picker. */
export interface AccountSummaryView {
  account: number;
  firm: number;
  label: string;
  firmLabel: string;
  /** Null unless it is a pot: pickers list it under its account. */
  potOf: PotOfView | null;
  role: string;
  mayTrade: boolean;
}
