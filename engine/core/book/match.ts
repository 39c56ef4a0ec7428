import { OrderFlag, SelfTrade, type Side } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import type { BookStore } from './bookStore.ts';
import { firstOrderReaching, ladderOf, rankOf } from './ladder.ts';
import { closePlan, MatchAction, type MatchPlan, openPlan, plannedLotsOf } from './matchPlan.ts';
import { flagsOf, sideOf } from './orderTable.ts';
import { nextLevel } from './priceTree.ts';

/** An order on arrival. The caller keeps one and fills it again for each order. */
export interface Taker {
  book: number;
  side: Side;
  /** Worst price it accepts; a market order brings its price cap. */
  limitTicks: number;
  lots: number;
  selfTrade: SelfTrade;
  firm: number;
}

/** What a plan must know of the world outside the book. */
export interface MakerFacts {
  /** Firm of each account. */
  readonly firmOfAccount: Int32Array;
  /** Lots of the account's position that an order of this side may still close; asked for reduce-only makers only. */
  readonly closableLots: (account: number, book: number, side: Side) => number;
}

/** Whether an order at this price would trade at once: what post-only refuses. */
export function wouldCross(store: BookStore, book: number, side: Side, limitTicks: number): boolean {
  return firstOrderReaching(store, ladderOf(book, (side ^ 1) as Side), limitTicks) !== NONE;
}

/**
 * Walks the opposite side by price, then time, and writes down what the taker would meet. Nothing in
 * the book changes: fok, post-only, caps and margin are decided on the plan, `commitPlan` performs it.
 *
 * - A maker of the taker's own firm follows `taker.selfTrade`: expireTaker ends the walk, expireMaker
 *   takes the maker out and goes on, expireBoth takes it out and ends the walk.
 * - A reduce-only maker fills no more than its account may still close after the earlier entries of this
 *   plan, and the rest of it is cut.
 * - A plan that is full stops with `isTruncated`. What is left of the taker must not rest: it would cross.
 *
 * @param plan filled from its start; what it held is gone
 */
export function planMatch(store: BookStore, taker: Taker, facts: MakerFacts, plan: MatchPlan): void {
  const { rank } = store.levels.columns;
  const ladder = ladderOf(taker.book, (taker.side ^ 1) as Side);
  const limit = rankOf(ladder, taker.limitTicks);
  openPlan(plan, taker.lots);
  let level = store.ladders.columns.best[ladder]!;
  while (level !== NONE && rank[level]! >= limit) {
    if (!planLevel(store, taker, facts, plan, level)) break;
    level = nextLevel(store, level);
  }
  closePlan(plan, taker.lots, store.orders.columns.account);
}

/** Plans the queue of one price. Returns whether the walk goes on to the next. */
function planLevel(
  store: BookStore,
  taker: Taker,
  facts: MakerFacts,
  plan: MatchPlan,
  level: number,
): boolean {
  const { next, account, packed, openLots } = store.orders.columns;
  const { firmOfAccount } = facts;
  const { selfTrade, firm } = taker;
  const { head, ladder, rank } = store.levels.columns;
  const ticks = rankOf(ladder[level]!, rank[level]!);
  for (let row = head[level]!; row !== NONE; row = next[row]!) {
    if (plan.remainingLots === 0) return false;
    if (plan.count === plan.makerRow.length) {
      plan.isTruncated = true;
      return false;
    }
    if (selfTrade !== SelfTrade.off && firmOfAccount[account[row]!] === firm) {
      if (selfTrade !== SelfTrade.expireTaker) addEntry(plan, row, 0, MatchAction.expireMaker);
      if (selfTrade === SelfTrade.expireMaker) continue;
      plan.isStoppedBySelfTrade = true;
      return false;
    }
    const open = openLots[row]!;
    let lots = Math.min(open, plan.remainingLots);
    let action: MatchAction = lots === open ? MatchAction.fillWhole : MatchAction.fillPart;
    if ((flagsOf(packed[row]!) & OrderFlag.reduceOnly) !== 0) {
      const closable = closableNow(store, taker, facts, plan, row);
      if (closable < lots) {
        lots = closable;
        action = MatchAction.cut;
      }
    }
    addFill(plan, row, lots, action, ticks, account[row]!);
  }
  return plan.remainingLots > 0;
}

/** Lots a reduce-only maker may still fill once the entries before it have traded. */
function closableNow(
  store: BookStore,
  taker: Taker,
  facts: MakerFacts,
  plan: MatchPlan,
  row: number,
): number {
  const { account, packed } = store.orders.columns;
  const maker = account[row]!;
  const closable = facts.closableLots(maker, taker.book, sideOf(packed[row]!));
  return Math.max(0, closable - plannedLotsOf(plan, account, maker));
}

function addEntry(plan: MatchPlan, row: number, lots: number, action: MatchAction): void {
  const at = plan.count++;
  plan.makerRow[at] = row;
  plan.lots[at] = lots;
  plan.action[at] = action;
}

function addFill(
  plan: MatchPlan,
  row: number,
  lots: number,
  action: MatchAction,
  ticks: number,
  account: number,
): void {
  addEntry(plan, row, lots, action);
  if (lots === 0) return;
  plan.filledLots += lots;
  plan.remainingLots -= lots;
  plan.ticksLots += ticks * lots;
  plan.worstTicks = ticks;
  if (plan.isTrackingAccounts) plan.plannedLots[account] = plan.plannedLots[account]! + lots;
}
