import type { Taker } from '../book/match.ts';
import type { OrderDraft } from '../book/openOrder.ts';
import { NONE } from '../memory/table.ts';
import { type BracketPlace, ENTRY } from './bracketTable.ts';

/**
 * One order while it is judged and performed: what it asks, and what `decide` found it would do. One
 * per engine, filled again for each order.
 */
export interface Intent {
  account: number;
  instrument: number;
  packed: number;
  /** Worst price it takes and, where it rests, its place. */
  limitTicks: number;
  /** Lots it may still trade. */
  lots: number;
  /** Open lots of the same order that margin counts already: what an amendment replaces. */
  replacedLots: number;
  canRest: boolean;
  isPostOnly: boolean;
  isReduceOnly: boolean;
  isAllOrNothing: boolean;
  /**
   * Those agreed whom its account's soft limits ask for. Set around the handler by whoever carries out what was
   * approved, and taken back there; no order sets it itself.
   */
  isApproved: boolean;
  /** Whose order it is: the agent that signed the command. Set around order commands; 0 for what nobody signs. */
  agent: number;
  /** What the book sees of it. */
  readonly taker: Taker;
  /** Place in the batch, −1 for an order that nobody asked for now (a trigger). */
  op: number;
  /** Found by `decide`: lots that rest after the fills. */
  restLots: number;
  /** Bracket it is part of, NONE for most, and its place there. */
  bracket: number;
  bracketPlace: BracketPlace;
  /** Set while its fills are performed: the order's id, and what is left of it. */
  orderId: number;
  openLots: number;
}

export function createIntent(): Intent {
  return {
    account: 0,
    instrument: 0,
    packed: 0,
    limitTicks: 0,
    lots: 0,
    replacedLots: 0,
    canRest: false,
    isPostOnly: false,
    isReduceOnly: false,
    isAllOrNothing: false,
    isApproved: false,
    agent: 0,
    taker: { book: 0, side: 0, limitTicks: 0, lots: 0, selfTrade: 0, firm: 0 },
    op: 0,
    restLots: 0,
    bracket: NONE,
    bracketPlace: ENTRY,
    orderId: 0,
    openLots: 0,
  };
}

/** The words of an order row before it is taken; one per engine, filled again for each order. */
export function createOrderDraft(): OrderDraft {
  return {
    account: 0,
    packed: 0,
    priceTicks: 0,
    originalLots: 0,
    openLots: 0,
    triggerTicks: 0,
    expiresAtMs: 0,
    acceptedSeq: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}
