import type { OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';

/**
 * One row per open order: 92 bytes with the free list's link. Levels and radix nodes add about 5 more
 * per resting order (`lab/bench/match.ts` measures it), under the 96 we hold.
 *
 * The book an order rests in is a fact of its level (`ladderOfOrder`), not a column here. Extras are
 * zero in most orders and in every free row, so that most orders neither write nor clear them: a row
 * spreads over as many cache lines as it has columns, and each line costs.
 */
export const ORDER_LAYOUT = {
  /** Engine's order id, see `takeOrder`; 0 while the row is free. */
  id: 'f64',
  /** Extra: journalled time at which a gtt order leaves; 0 for any other. */
  expiresAtMs: 'f64',
  /** Sequence of the command that was accepted as this order. */
  acceptedSeq: 'f64',
  account: 'i32',
  /** Side, type, time in force, flags, self-trade mode and who signed it in one word, see `packOrder`, `agentOf`. */
  packed: 'i32',
  /** Limit price. A trigger order keeps it here while it rests by `triggerTicks`. */
  priceTicks: 'i32',
  openLots: 'i32',
  originalLots: 'i32',
  /** Extra: mark, in ticks, at which a trigger order wakes; 0 for any other. */
  triggerTicks: 'i32',
  /** Extra: the client's own order id, 128 bits, most significant word first; four zeros for none. */
  clientId0: 'i32',
  clientId1: 'i32',
  clientId2: 'i32',
  clientId3: 'i32',
  /** Neighbours in the price level, in time priority. */
  next: 'i32',
  previous: 'i32',
  /** Neighbours in the account's list of open orders. The accounts room links them; the book never looks. */
  nextOfAccount: 'i32',
  previousOfAccount: 'i32',
  /** Row of the price level the order rests in; NONE while it rests nowhere. */
  level: 'i32',
} as const;

const TYPE_SHIFT = 1;
const TIME_IN_FORCE_SHIFT = 4;
const FLAGS_SHIFT = 6;
const SELF_TRADE_SHIFT = 8;

/** Set by `takeOrder` in `packed` of an order whose extras are not all zero. */
export const HAS_EXTRAS = 1 << 10;

/** Set in `packed` of an order that is part of a bracket. The book itself asks only where two of one bracket meet. */
export const IS_BRACKETED = 1 << 11;

/** The rest of `packed`: the agent that placed the order or changed it last; 0 where none did, as of what closes a fill. */
const AGENT_SHIFT = 12;

/** Agents that an order can name. */
export const AGENTS_MAX = 0xfffff;

/** What an order asks for besides its numbers. `flags` are the bits of `OrderFlag`. */
export interface OrderTerms {
  side: Side;
  type: OrderType;
  timeInForce: TimeInForce;
  flags: number;
  selfTrade: SelfTrade;
}

/** The terms in one word: side 1 bit, type 3, time in force 2, flags 2, self-trade mode 2. */
export function packOrder(terms: OrderTerms): number {
  return (
    terms.side |
    (terms.type << TYPE_SHIFT) |
    (terms.timeInForce << TIME_IN_FORCE_SHIFT) |
    (terms.flags << FLAGS_SHIFT) |
    (terms.selfTrade << SELF_TRADE_SHIFT)
  );
}

export function sideOf(packed: number): Side {
  return (packed & 1) as Side;
}

export function typeOf(packed: number): OrderType {
  return ((packed >> TYPE_SHIFT) & 7) as OrderType;
}

export function timeInForceOf(packed: number): TimeInForce {
  return ((packed >> TIME_IN_FORCE_SHIFT) & 3) as TimeInForce;
}

export function flagsOf(packed: number): number {
  return (packed >> FLAGS_SHIFT) & 3;
}

export function selfTradeOf(packed: number): SelfTrade {
  return ((packed >> SELF_TRADE_SHIFT) & 3) as SelfTrade;
}

/** The agent that placed the order or changed it last; 0 for none. */
export function agentOf(packed: number): number {
  return packed >>> AGENT_SHIFT;
}

/** The same word as of another agent. */
export function withAgent(packed: number, agent: number): number {
  return (packed & ((1 << AGENT_SHIFT) - 1)) | (agent << AGENT_SHIFT);
}
