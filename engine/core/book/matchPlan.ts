import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';

/** What one entry of a plan does to its maker. In every case but `fillPart` the maker's order ends. */
export const MatchAction = {
  /** The maker keeps some open lots and its place. Only the last fill of a plan can be this. */
  fillPart: 0,
  fillWhole: 1,
  /** A reduce-only maker fills what its position allows, maybe nothing; the rest is cancelled. */
  cut: 2,
  /** Self-trade prevention takes the maker out without a fill. */
  expireMaker: 3,
} as const;
export type MatchAction = (typeof MatchAction)[keyof typeof MatchAction];

/**
 * What a taker would meet, in the order of its trades. Preallocated: the caller keeps one per engine and
 * reads it until the next walk.
 */
export interface MatchPlan {
  /** Entries in use. */
  count: number;
  readonly makerRow: Int32Array;
  /** Filled by this entry; 0 for a maker that only leaves. */
  readonly lots: Int32Array;
  /** A `MatchAction` each. */
  readonly action: Int32Array;
  /** Sum over the entries. */
  filledLots: number;
  /** What the walk leaves of the taker. */
  remainingLots: number;
  /** Σ ticks × lots, exact: average price = this ÷ filledLots. */
  ticksLots: number;
  /** Price of the last fill, the worst for the taker; NONE without a fill. */
  worstTicks: number;
  /** The walk met the taker's own firm and its mode ends the taker: the rest is cancelled. */
  isStoppedBySelfTrade: boolean;
  /** The plan is full while more would trade: the rest is cancelled, it must not rest crossed. */
  isTruncated: boolean;
  /** Lots of the first `trackedCount` entries by account; zeros between walks. */
  readonly plannedLots: Int32Array;
  /** Entries whose lots stand in `plannedLots`: none until a reduce-only maker asks. */
  trackedCount: number;
}

/**
 * @param entries bound of one plan: what an order can meet at once
 * @param accounts capacity of the accounts table
 */
export function createMatchPlan({ entries, accounts }: { entries: number; accounts: number }): MatchPlan {
  return {
    count: 0,
    makerRow: new Int32Array(entries),
    lots: new Int32Array(entries),
    action: new Int32Array(entries),
    filledLots: 0,
    remainingLots: 0,
    ticksLots: 0,
    worstTicks: NONE,
    isStoppedBySelfTrade: false,
    isTruncated: false,
    plannedLots: new Int32Array(accounts),
    trackedCount: 0,
  };
}

/** Starts a walk for a taker of this size. */
export function openPlan(plan: MatchPlan, lots: number): void {
  plan.count = 0;
  plan.filledLots = 0;
  plan.remainingLots = lots;
  plan.ticksLots = 0;
  plan.worstTicks = NONE;
  plan.isStoppedBySelfTrade = false;
  plan.isTruncated = false;
}

/** Ends a walk: what was filled and what remains are the taker's size, and the money is still exact. */
export function closePlan(plan: MatchPlan, lots: number, account: Int32Array): void {
  assert(plan.filledLots + plan.remainingLots === lots, 'fills and remainder are the size of the taker');
  assert(plan.ticksLots <= Number.MAX_SAFE_INTEGER, 'the notional of one taker stays exact');
  for (let at = 0; at < plan.trackedCount; at++) plan.plannedLots[account[plan.makerRow[at]!]!] = 0;
  plan.trackedCount = 0;
}

/**
 * Lots that the first `count` entries take from an account's orders. A reduce-only maker asks, because its
 * position shrinks with every earlier entry; entries since the last question are added up now.
 */
export function plannedLotsOf(
  plan: MatchPlan,
  count: number,
  accountOfOrder: Int32Array,
  account: number,
): number {
  const { makerRow, lots, plannedLots } = plan;
  for (let at = plan.trackedCount; at < count; at++) {
    const maker = accountOfOrder[makerRow[at]!]!;
    plannedLots[maker] = plannedLots[maker]! + lots[at]!;
  }
  plan.trackedCount = count;
  return plannedLots[account]!;
}

/** Lots that the first `count` entries take from one maker; 0 for NONE. A walk: two of one bracket seldom meet. */
export function lotsOfRow({ makerRow, lots }: MatchPlan, count: number, row: number): number {
  for (let at = 0; at < count; at++) if (makerRow[at] === row) return lots[at]!;
  return 0;
}
