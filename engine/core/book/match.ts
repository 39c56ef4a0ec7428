import { OrderFlag, SelfTrade, type Side } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import type { BookTables } from './bookTables.ts';
import { firstOrderReaching, type HasTree, ladderOf, rankOf } from './ladder.ts';
import { closePlan, lotsOfRow, MatchAction, type MatchPlan, openPlan, plannedLotsOf } from './matchPlan.ts';
import { flagsOf, IS_BRACKETED, sideOf } from './orderTable.ts';
import type { PriceTree } from './priceTree.ts';

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
  /** The other order that closes the same entry's fills, NONE without one; asked for reduce-only makers of brackets only. */
  readonly siblingOf: (row: number) => number;
}

/** Plans what a taker would meet. */
export type Match = (taker: Taker, facts: MakerFacts, plan: MatchPlan) => void;

interface HasMatch {
  readonly match: Match;
}

/** Whether an order at this price would trade at once: what post-only refuses. */
export function wouldCross(store: HasTree, book: number, side: Side, limitTicks: number): boolean {
  return firstOrderReaching(store, ladderOf(book, (side ^ 1) as Side), limitTicks) !== NONE;
}

/**
 * Walks the opposite side by price, then time, and writes down what the taker would meet. Nothing in
 * the book changes: fok, post-only, caps and margin are decided on the plan, `commitPlan` performs it.
 *
 * - A maker of the taker's own firm follows `taker.selfTrade`: expireTaker ends the walk, expireMaker
 *   takes the maker out and goes on, expireBoth takes it out and ends the walk.
 * - A reduce-only maker fills no more than its account may still close after the earlier entries of this
 *   plan, and the rest of it is cut; of two that close the same entry's fills, the first leaves the second less.
 * - A plan that is full stops with `isTruncated`. What is left of the taker must not rest: it would cross.
 *
 * @param plan filled from its start; what it held is gone
 */
export function planMatch(store: HasMatch, taker: Taker, facts: MakerFacts, plan: MatchPlan): void {
  store.match(taker, facts, plan);
}

export function bindMatch({ orders, levels, ladders }: BookTables, tree: PriceTree): Match {
  const { next, account, packed, openLots } = orders.columns;
  const { head } = levels.columns;
  const { best } = ladders.columns;
  const { nextLevel, rankOfLevel, ladderOfLevel } = tree;

  /** Plans the queue of one price. Returns whether the walk may go on to the next. */
  function planLevel(taker: Taker, facts: MakerFacts, plan: MatchPlan, level: number): boolean {
    const { makerRow, lots: lotsOf, action: actionOf } = plan;
    const { firmOfAccount } = facts;
    const isGuarded = taker.selfTrade !== SelfTrade.off;
    const before = plan.remainingLots;
    let remaining = before;
    let at = plan.count;
    let row = head[level]!;
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
        const closable = closableNow(taker, facts, plan, at, row);
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
    addFills(plan, at, before - remaining, rankOf(ladderOfLevel(level), rankOfLevel(level)));
    return mayGoOn;
  }

  /** Lots a reduce-only maker may still fill once the `count` entries before it have traded. */
  function closableNow(taker: Taker, facts: MakerFacts, plan: MatchPlan, count: number, row: number): number {
    const maker = account[row]!;
    const closable = facts.closableLots(maker, taker.book, sideOf(packed[row]!));
    const most = closable - plannedLotsOf(plan, count, account, maker);
    if ((packed[row]! & IS_BRACKETED) === 0) return Math.max(0, most);
    return Math.max(0, Math.min(most, openLots[row]! - lotsOfRow(plan, count, facts.siblingOf(row))));
  }

  return (taker, facts, plan) => {
    const ladder = ladderOf(taker.book, (taker.side ^ 1) as Side);
    const limit = rankOf(ladder, taker.limitTicks);
    openPlan(plan, taker.lots);
    let level = best[ladder]!;
    while (level !== NONE && rankOfLevel(level) >= limit && plan.remainingLots > 0) {
      if (!planLevel(taker, facts, plan, level)) break;
      level = nextLevel(level);
    }
    closePlan(plan, taker.lots, account);
  };
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
