import { OrderFlag, SelfTrade, type Side } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import type { BookStore } from './bookStore.ts';
import { firstOrderReaching, ladderOf, rankOf } from './ladder.ts';
import { closePlan, MatchAction, type MatchPlan, openPlan, plannedLotsOf } from './matchPlan.ts';
import { flagsOf, sideOf } from './orderTable.ts';
import { ladderOfLevel, nextLevel, rankOfLevel } from './priceTree.ts';

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
  const ladder = ladderOf(taker.book, (taker.side ^ 1) as Side);
  const limit = rankOf(ladder, taker.limitTicks);
  openPlan(plan, taker.lots);
  let level = store.best[ladder]!;
  while (level !== NONE && rankOfLevel(store, level) >= limit && plan.remainingLots > 0) {
    if (!planLevel(store, taker, facts, plan, level)) break;
    level = nextLevel(store, level);
  }
  closePlan(plan, taker.lots, store.account);
}

/** Plans the queue of one price. Returns whether the walk may go on to the next. */
function planLevel(
  store: BookStore,
  taker: Taker,
  facts: MakerFacts,
  plan: MatchPlan,
  level: number,
): boolean {
  const { next, account, packed, openLots } = store;
  const { makerRow, lots: lotsOf, action: actionOf } = plan;
  const { firmOfAccount } = facts;
  const isGuarded = taker.selfTrade !== SelfTrade.off;
  const before = plan.remainingLots;
  let remaining = before;
  let at = plan.count;
  let row = store.head[level]!;
  let mayGoOn = true;
  while (row !== NONE && remaining > 0) {
    if (at === makerRow.length) {
      plan.isTruncated = true;
      mayGoOn = false;
      break;
    }
    const open = openLots[row]!;
    let lots = Math.min(open, remaining);
    let action: MatchAction = open <= remaining ? MatchAction.fillWhole : MatchAction.fillPart;
    if (isGuarded && firmOfAccount[account[row]!] === taker.firm) {
      mayGoOn = taker.selfTrade === SelfTrade.expireMaker;
      plan.isStoppedBySelfTrade = !mayGoOn;
      if (taker.selfTrade === SelfTrade.expireTaker) break;
      lots = 0;
      action = MatchAction.expireMaker;
    } else if ((flagsOf(packed[row]!) & OrderFlag.reduceOnly) !== 0) {
      const closable = closableNow(store, taker, facts, plan, at, row);
      if (closable < lots) {
        lots = closable;
        action = MatchAction.cut;
      }
    }
    makerRow[at] = row;
    lotsOf[at] = lots;
    actionOf[at] = action;
    at++;
    remaining -= lots;
    if (!mayGoOn) break;
    row = next[row]!;
  }
  addFills(plan, at, before - remaining, rankOf(ladderOfLevel(store, level), rankOfLevel(store, level)));
  return mayGoOn;
}

/** Enters what one price gave the taker. */
function addFills(plan: MatchPlan, count: number, lots: number, ticks: number): void {
  plan.count = count;
  if (lots === 0) return;
  plan.filledLots += lots;
  plan.remainingLots -= lots;
  plan.ticksLots += ticks * lots;
  plan.worstTicks = ticks;
}

/** Lots a reduce-only maker may still fill once the `count` entries before it have traded. */
function closableNow(
  store: BookStore,
  taker: Taker,
  facts: MakerFacts,
  plan: MatchPlan,
  count: number,
  row: number,
): number {
  const { account, packed } = store;
  const maker = account[row]!;
  const closable = facts.closableLots(maker, taker.book, sideOf(packed[row]!));
  return Math.max(0, closable - plannedLotsOf(plan, count, account, maker));
}
