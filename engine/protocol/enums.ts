/** Small closed sets as integers, the same in bytes, columns and events. */

export const Side = { buy: 0, sell: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];
export type SideName = keyof typeof Side;

/** Stop fires when the mark moves against a position of the opposite side, take when in favour: see `isTriggered`. */
export const OrderType = {
  limit: 0,
  market: 1,
  stopMarket: 2,
  stopLimit: 3,
  takeMarket: 4,
  takeLimit: 5,
} as const;
export type OrderType = (typeof OrderType)[keyof typeof OrderType];
export type OrderTypeName = keyof typeof OrderType;

/** gtt: good till `expiresAtMs`. */
export const TimeInForce = { gtc: 0, ioc: 1, fok: 2, gtt: 3 } as const;
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];
export type TimeInForceName = keyof typeof TimeInForce;

/** What happens when an order would meet another of the same firm. `off` exists for replays of foreign flow only. */
export const SelfTrade = { off: 0, expireTaker: 1, expireMaker: 2, expireBoth: 3 } as const;
export type SelfTrade = (typeof SelfTrade)[keyof typeof SelfTrade];
export type SelfTradeName = Exclude<keyof typeof SelfTrade, 'off'>;

/** Bits of an order's `flags`. */
export const OrderFlag = { postOnly: 1, reduceOnly: 2 } as const;

/** Why an order left the book without (all of) its fill. */
export const CancelReason = {
  requested: 0,
  iocRemainder: 1,
  selfTrade: 2,
  expired: 3,
  reduceOnlyExceeded: 4,
  marginInsufficient: 5,
  amendedToZero: 6,
  triggerRefused: 7,
  instrumentExpired: 8,
  /** The other order of its bracket has closed all there was to close. */
  siblingFilled: 9,
  /** Its account may no longer open anything: what holds in the firm's tree became stricter. */
  nodeRestricted: 10,
  /** The key that placed it or changed it last was ended. */
  keyRevoked: 11,
} as const;
export type CancelReason = (typeof CancelReason)[keyof typeof CancelReason];
export type CancelReasonName = keyof typeof CancelReason;

/** Which of the two orders that close an entry's fills. */
export const BracketRole = { takeProfit: 1, stopLoss: 2 } as const;
export type BracketRole = (typeof BracketRole)[keyof typeof BracketRole];
export type BracketRoleName = keyof typeof BracketRole;

/** Why money moved. Every ledger posting carries one. */
export const LedgerReason = {
  deposit: 0,
  realizedPnl: 1,
  takerFee: 2,
  makerFee: 3,
  makerRebate: 4,
  funding: 5,
  fundingDust: 6,
  interest: 7,
  settlement: 8,
  spotTrade: 9,
  collateralMove: 10,
  transfer: 11,
  /** What a ported position had gained at its price, paid by who received it. */
  portedPnl: 12,
  withdrawal: 13,
  /** A credit that the chain took back, and what others gave for it. */
  depositReverted: 14,
} as const;
export type LedgerReason = (typeof LedgerReason)[keyof typeof LedgerReason];
export type LedgerReasonName = keyof typeof LedgerReason;

/** What a member is in a firm: one thing, because what the others may do is what this one may not. The policy says the rest. */
export const Role = {
  trader: 1,
  portfolioManager: 2,
  firmOwner: 3,
  auditor: 4,
  risk: 5,
  opsMaker: 6,
  opsApprover: 7,
  treasurySigner: 8,
  admin: 9,
} as const;
export type Role = (typeof Role)[keyof typeof Role];
export type RoleName = keyof typeof Role;

/** How a proposal ended. */
export const ProposalEnd = {
  done: 0,
  /** All had agreed, and then it could not be done. */
  failed: 1,
  vetoed: 2,
  expired: 3,
  withdrawn: 4,
  /** The policy it was judged by is another now. */
  policyChanged: 5,
} as const;
export type ProposalEnd = (typeof ProposalEnd)[keyof typeof ProposalEnd];
export type ProposalEndName = keyof typeof ProposalEnd;

/**
 * How an agent proves that it is itself. `local` agents live inside this process and send no signature; `wallet` is a
 * person's own hand, which asks and agrees and gives no orders: those are a session key's.
 */
export const AgentScheme = { local: 0, ed25519: 1, p256: 2, wallet: 3 } as const;
export type AgentScheme = (typeof AgentScheme)[keyof typeof AgentScheme];
export type AgentSchemeName = keyof typeof AgentScheme;

/** Family of an underlying: it sets the starting volatility, the shortest horizon and the correlation cap. */
export const UnderlyingClass = { bitcoin: 0, ether: 1, solana: 2, large: 3, mid: 4, tail: 5 } as const;
export type UnderlyingClass = (typeof UnderlyingClass)[keyof typeof UnderlyingClass];
export type UnderlyingClassName = keyof typeof UnderlyingClass;

/** Why an underlying stands alone for a while: `core/oracle/isolationRules.ts` tells what each means. */
export const IsolationRule = { none: 0, sources: 1, confidence: 2, mark: 3, move: 4 } as const;
export type IsolationRule = (typeof IsolationRule)[keyof typeof IsolationRule];
export type IsolationRuleName = Exclude<keyof typeof IsolationRule, 'none'>;

/**
 * What the accounts at a place of a firm's tree and below it may do: everything, only reduce, no order at all, nothing
 * ever again. The strictest on the way up to the root holds. Numbers rise with strictness.
 */
export const NodeState = { normal: 0, reduceOnly: 1, frozen: 2, archived: 3 } as const;
export type NodeState = (typeof NodeState)[keyof typeof NodeState];
export type NodeStateName = keyof typeof NodeState;

/** What is traded. Spot moves coins at once; the others are positions that settle in USDC. */
export const InstrumentKind = { perpetual: 0, spot: 1, future: 2, option: 3 } as const;
export type InstrumentKind = (typeof InstrumentKind)[keyof typeof InstrumentKind];
export type InstrumentKindName = keyof typeof InstrumentKind;

export const OptionType = { call: 0, put: 1 } as const;
export type OptionType = (typeof OptionType)[keyof typeof OptionType];
export type OptionTypeName = keyof typeof OptionType;

/** Where an instrument is in its life; perpetuals and spot always trade. Numbers only rise. */
export const InstrumentStage = { trading: 0, expired: 1, settled: 2 } as const;
export type InstrumentStage = (typeof InstrumentStage)[keyof typeof InstrumentStage];
export type InstrumentStageName = keyof typeof InstrumentStage;

/** The word for a number of one of the sets above. */
export function nameOf<T extends Record<string, number>>(set: T, value: number): keyof T & string {
  for (const key of Object.keys(set)) if (set[key] === value) return key;
  throw new RangeError(`no name for ${value}`);
}
