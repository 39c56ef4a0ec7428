import type {
  AgentScheme,
  InstrumentKind,
  OptionType,
  OrderType,
  SelfTrade,
  Side,
  TimeInForce,
  UnderlyingClass,
} from '../enums.ts';
import type { AgentScope } from './agentScope.ts';
import type { FirmCommand } from './firm.ts';
import type { SettlementCommand } from './settlement.ts';

/** 128 bits chosen by the client, as four signed 32-bit words, most significant first; all zero means none. */
export interface ClientId {
  clientId0: number;
  clientId1: number;
  clientId2: number;
  clientId3: number;
}

/** The first command of every journal: what kind of desk this is and how large its tables are. */
export interface Genesis {
  kind: 'Genesis';
  /** A sandbox stays one for ever: its keys are public. */
  isSandbox: boolean;
  chainId: number;
  /** Address of the vault, lower case hex: part of every signature domain. */
  vault: string;
  /** Who owns what the venue itself has (fees, the insurance fund, remainders): an address that can sign. */
  house: string;
  limits: Limits;
}

/** Capacities of the tables: a limit on everything, fixed at genesis, so that no table ever grows. */
export interface Limits {
  firms: number;
  accounts: number;
  members: number;
  agents: number;
  assets: number;
  underlyings: number;
  instruments: number;
  positions: number;
  orders: number;
  levels: number;
  ordersPerAccount: number;
}

/** A collateral asset. The first one listed is the settlement currency (USDC). */
export interface ListAsset {
  kind: 'ListAsset';
  name: string;
  /** Digits after the point of the smallest unit. */
  decimals: number;
  /** Share of the value that counts as equity, ppm. */
  weightPpm: number;
  /** Underlying whose index prices it; empty for the settlement currency. */
  underlying: string;
  /** Of the settlement currency: sources that report what it is worth itself; 0 for all others. */
  sources: number;
  /** Whole units beyond which more of it, in the whole venue, adds nothing to equity; 0: no such cap. */
  poolCapUnits: number;
  /** Of a wrapped asset: units of its underlying that one unit is redeemed for, ppm; 0 for what is not wrapped. */
  redemptionPpm: number;
}

/** What a wrapped asset is redeemed for from now on; it is priced by that, never by its own book. */
export interface SetRedemptionRatio {
  kind: 'SetRedemptionRatio';
  asset: string;
  redemptionPpm: number;
}

/** Something with an index price and a place in the risk grid. */
export interface ListUnderlying {
  kind: 'ListUnderlying';
  name: string;
  class: UnderlyingClass;
  /** Reference volatility of one day, ppm. */
  sigmaPpm: number;
  /** Shortest liquidity horizon, minutes. */
  hMinMinutes: number;
  /** Median daily volume over 30 days × our share, USD. */
  adv30Usd: number;
  /** What all coins that can be sold are worth, USD: a share of it caps open interest. */
  freeFloatCapUsd: number;
  /** Notional ÷ equity that no account may pass in it, × 1000; 0 for none. */
  leverageMilliMax: number;
  /** Range of a short position upwards, ppm of the range downwards (1 000 000 or 1 200 000). */
  upFactorPpm: number;
  isMajor: boolean;
  /** Sources that report a price for it, in the order of ReportPrices. */
  sources: number;
}

/** A perpetual, spot pair, dated future or European option: tick and lot fixed, money per tick and lot an integer. */
export interface ListInstrument {
  kind: 'ListInstrument';
  name: string;
  instrumentKind: InstrumentKind;
  underlying: string;
  /** 08:00 UTC of the day on which a future or an option is settled; 0 for what never expires. */
  expiryMs: number;
  /** Strike of an option, USD × 1e8 per coin; 0 for all others. */
  strikeE8: number;
  /** Call or put; call for what is no option. */
  optionType: OptionType;
  /** The asset a spot pair moves against the settlement currency; empty for all others. */
  baseAsset: string;
  lotsPerUnit: number;
  ticksPerUsd: number;
  sizeLotsMax: number;
  priceTicksMax: number;
  /** Whole USD; views carry micro-USD. */
  notionalMinUsd: number;
  /** Order prices must lie within this much of the mark. */
  bandPpm: number;
  /** How far the mark may stand from the index. */
  markBandPpm: number;
}

/** Fee tiers by 30-day volume; index 0 is the entry tier. */
export interface SetFeeTiers {
  kind: 'SetFeeTiers';
  /** Volume in whole USD. */
  tiers: { volumeUsd: number; makerPpm: number; takerPpm: number }[];
}

/** Correlation of every pair of underlyings in calm and in stress, ppm, row by row. */
export interface SetCorrelations {
  kind: 'SetCorrelations';
  calmPpm: number[];
  stressPpm: number[];
}

export interface OpenFirm {
  kind: 'OpenFirm';
  label: string;
  /** Address of the owner's wallet, lower case hex. */
  owner: string;
}

export interface OpenSubaccount {
  kind: 'OpenSubaccount';
  firm: number;
  label: string;
}

/** Lets an address act for a firm in a role, on the listed accounts (empty: all of the firm). */
export interface AddMember {
  kind: 'AddMember';
  firm: number;
  address: string;
  role: number;
  label: string;
  accounts: number[];
}

/**
 * Lets a session key order for its member. Signed by the member's wallet (EIP-712), except for
 * `local` agents, which live in this process.
 */
export interface ApproveAgent {
  kind: 'ApproveAgent';
  member: string;
  scheme: AgentScheme;
  /** Raw public key, lower case hex; for `local` agents a name. */
  publicKey: string;
  /** Accounts it may trade; empty: all that the member may. */
  accounts: number[];
  expiresAtMs: number;
  nonce: number;
  /** What it may do besides; left out: all that the member may. */
  scope?: AgentScope;
}

export interface RevokeAgent {
  kind: 'RevokeAgent';
  publicKey: string;
}

export interface PlaceOrder extends ClientId {
  kind: 'PlaceOrder';
  account: number;
  instrument: number;
  side: Side;
  type: OrderType;
  timeInForce: TimeInForce;
  selfTrade: SelfTrade;
  /** Bits of OrderFlag. */
  flags: number;
  /** Limit, or the worst price a market order may pay; 0 on a market order: the edge of the price band. */
  priceTicks: number;
  sizeLots: number;
  /** Mark at which a stop or take order fires; 0 otherwise. */
  triggerTicks: number;
  /** Engine time after which a GTT order is cancelled; 0 otherwise. */
  expiresAtMs: number;
  /** Take-profit and stop that close what this order fills. */
  bracket?: Bracket;
}

/** A trigger of 0: no such order. A limit of 0: at market, as far as the edge of the band. */
export interface Bracket {
  takeProfitTicks: number;
  takeProfitLimitTicks: number;
  stopLossTicks: number;
  stopLossLimitTicks: number;
}

/** Several limit orders at even steps of price, accepted together or not at all. */
export interface PlaceScale extends ClientId {
  kind: 'PlaceScale';
  account: number;
  instrument: number;
  side: Side;
  selfTrade: SelfTrade;
  /** Bits of OrderFlag. */
  flags: number;
  fromTicks: number;
  toTicks: number;
  count: number;
  /** Of all orders together. */
  sizeLots: number;
  /** Size of the last order ÷ size of the first, × 1000. */
  sizeRatioMilli: number;
}

/** New price and new open size of an order. Keeps priority when only the size shrinks. */
export interface AmendOrder {
  kind: 'AmendOrder';
  account: number;
  orderId: number;
  /** New limit (or, for a parked stop or take order, its limit); 0 keeps it. */
  priceTicks: number;
  /** New open size; 0 keeps it. */
  sizeLots: number;
  /** New trigger of a parked order; 0 keeps it. */
  triggerTicks: number;
  /**
   * What becomes of the take-profit and the stop that are not open yet: a trigger of 0 keeps that one, `LEG_REMOVED`
   * takes it away, any other sets it, also where there was none.
   */
  bracket?: Bracket;
}

/** In the place of a trigger, in an amendment: there shall be no such order. */
export const LEG_REMOVED = -1;

export interface CancelOrder {
  kind: 'CancelOrder';
  account: number;
  orderId: number;
}

export interface CancelByClientId extends ClientId {
  kind: 'CancelByClientId';
  account: number;
}

/** All open orders of an account, in one instrument or (`ANY_INSTRUMENT`) in all. */
export interface CancelAll {
  kind: 'CancelAll';
  account: number;
  instrument: number;
}

export const ANY_INSTRUMENT = 65_535;

/** In the place of an underlying: the first asset listed, whose own price is watched. No underlying has this number. */
export const SETTLEMENT_CURRENCY = 255;

/** Operations of one account, each judged on its own, in order. */
export interface Batch {
  kind: 'Batch';
  operations: OrderCommand[];
}

/** One report of every source for some underlyings. */
export interface ReportPrices {
  kind: 'ReportPrices';
  reports: PriceReport[];
}

export interface PriceReport {
  /** Or SETTLEMENT_CURRENCY: what the currency of all accounts is worth itself. */
  underlying: number;
  source: number;
  priceE8: number;
  /** When the source says the price was made. */
  sourceTimeMs: number;
}

/**
 * Forward and implied volatility of one expiry. The slice is raw SVI of total variance against
 * ln(strike ÷ forward), its five parameters × 1e8.
 */
export interface SetSurface {
  kind: 'SetSurface';
  underlying: string;
  expiryMs: number;
  /** USD × 1e8 per coin. Kept as its ratio to the index, with which it moves until it is set again. */
  forwardE8: number;
  aE8: number;
  bE8: number;
  rhoE8: number;
  mE8: number;
  sigmaE8: number;
}

/**
 * Opens a pot of an account: a margin pool of its own for positions in one underlying, which holds USDC only and
 * loses no more than was moved into it.
 */
export interface OpenPot {
  kind: 'OpenPot';
  account: number;
  underlying: string;
  label: string;
}

/** Moves collateral between an account and its own pot, in either direction. */
export interface MoveCollateral {
  kind: 'MoveCollateral';
  from: number;
  to: number;
  asset: string;
  /** Smallest units of the asset. */
  amount: number;
}

/** Lets time pass: expiries, funding samples and payments, interest, triggers left over. Bounded work each. */
export interface Tick {
  kind: 'Tick';
}

export type OrderCommand = PlaceOrder | PlaceScale | AmendOrder | CancelOrder | CancelByClientId | CancelAll;

/** Caps notional ÷ equity of an account, in one underlying or in all together. */
export interface SetLeverageCap {
  kind: 'SetLeverageCap';
  account: number;
  /** Empty: all of the account. */
  underlying: string;
  /** × 1000; 0 takes the cap away. */
  leverageMilli: number;
}

/** Lets a firm hold a multiple of what any owner may, because it quotes both sides of markets. */
export interface RegisterMarketMaker {
  kind: 'RegisterMarketMaker';
  firm: number;
  /** 1 ends the registration. */
  capMultiple: number;
}

/** What a member asks for its own accounts besides orders: one at a time, never in a batch. */
export type AccountCommand = OpenPot | MoveCollateral | SetLeverageCap;

export type Command =
  | Genesis
  | ListAsset
  | ListUnderlying
  | ListInstrument
  | SetFeeTiers
  | SetCorrelations
  | OpenFirm
  | OpenSubaccount
  | RegisterMarketMaker
  | AddMember
  | ApproveAgent
  | RevokeAgent
  | SettlementCommand
  | OrderCommand
  | AccountCommand
  | Batch
  | ReportPrices
  | SetSurface
  | SetRedemptionRatio
  | FirmCommand
  | Tick;

export type CommandKind = Command['kind'];
