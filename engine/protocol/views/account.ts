import type { MarginCallLevel } from '../commands/actions.ts';
import type {
  BracketRoleName,
  CancelReasonName,
  OrderTypeName,
  Role,
  SideName,
  TimeInForceName,
} from '../enums.ts';
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
  /** Change of value per unit of return of the underlying, micro-USD: of a linear leg its signed notional. */
  deltaUsd: number;
  /** What a day brings while no price moves: funding and time value, micro-USD; negative is paid. */
  carryUsdPerDay: number;
  /** What it alone loses in the worst case of the maintenance scan, micro-USD; negative where it gains. */
  scanUsd: number;
}

/** What an open order holds of initial margin. */
export interface OrderMarginView {
  orderId: number;
  /** Initial margin less what it would be without the order, micro-USD; negative where the order hedges. */
  initialUsd: number;
}

export type OrderState = 'open' | 'parked' | 'filled' | 'cancelled';

/** A take-profit or stop that an entry asks for. */
export interface BracketLegView {
  /** Mark at which it fires. */
  triggerTicks: number;
  /** Worst price it then takes; 0: the edge of the band. */
  priceTicks: number;
}

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
  /** Of an entry: what closes its fills. A leg that was cancelled is gone. */
  takeProfit?: BracketLegView;
  stopLoss?: BracketLegView;
  /** Of an order that closes the fills of an entry: which entry (it may have ended), and how. */
  entryOrderId?: number;
  role?: BracketRoleName;
}

/** What became of an order, also when it left the account's list long ago. */
export interface OrderOutcomeView {
  orderId: number;
  state: OrderState;
  sizeLots: number;
  filledLots: number;
  /** Empty unless it was cancelled. */
  cancelReason: CancelReasonName | '';
}

/** An order that is not in the list is not known to the desk. */
export interface OrderOutcomesView {
  account: number;
  outcomes: OrderOutcomeView[];
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
  /** Of the newest orders; one that is not here is not known. */
  orderMargins: OrderMarginView[];
  margin: MarginView;
  /** Null while no volatility multiplier is about to change. */
  announced: AnnouncedMarginView | null;
  distance: DistanceView;
  /** Null while nobody is called over its margin. */
  marginCall: MarginCallView | null;
}

/** Its people are called: maintenance margin has come to a share of equity that they wanted to hear of. */
export interface MarginCallView {
  call: number;
  /** Place of its level among all that hold for the account, from 0, and how many there are. */
  level: number;
  levelCount: number;
  /** Where the level begins, ppm. */
  fromPpm: number;
  /** Below this the call ends, ppm. */
  endsPpm: number;
  /** Ratio at which it came to the level, ppm; −1 is infinite. */
  ratioPpm: number;
  openedMs: number;
  /** Who is called. */
  roles: Role[];
  prepare: MarginCallLevel['prepare'];
  /** Who took it on at this level; null while nobody has. */
  taken: { member: number; label: string; atMs: number } | null;
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
