import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { putI, type Undo } from '../memory/undo.ts';
import type { BookTables } from './bookTables.ts';
import { MatchAction, type MatchPlan } from './matchPlan.ts';
import type { OpenOrders } from './openOrder.ts';
import type { Queues } from './restOrder.ts';

/**
 * Called for each entry before anything of it is written: the maker's row still reads as it rested. Here
 * the caller posts the money, announces, and, unless the action is `fillPart`, takes the order out of its
 * account's list. It must neither read nor touch the queues of the book.
 */
export type OnEntry = (row: number, lots: number, action: MatchAction) => void;

/** Performs plans. */
export type Commit = (undo: Undo, plan: MatchPlan, onEntry?: OnEntry) => void;

interface HasCommit {
  readonly commit: Commit;
}

/**
 * Performs a plan on the book it was made from; nothing may have changed in between. Makers that end are
 * removed and their rows given back.
 */
export function commitPlan(store: HasCommit, undo: Undo, plan: MatchPlan, onEntry?: OnEntry): void {
  store.commit(undo, plan, onEntry);
}

export function bindCommit({ orders, levels }: BookTables, openOrders: OpenOrders, queues: Queues): Commit {
  const { openLots, next, level: levelOf } = orders.columns;
  const { head } = levels.columns;
  const { endOrder } = openOrders;
  const { dropFront } = queues;

  /**
   * Performs the entries of one price. A plan takes each queue from its front without a gap, so the queue
   * and its sums are written once, not once for each maker.
   *
   * @returns the first entry of the next price
   */
  function commitLevel(undo: Undo, plan: MatchPlan, from: number, onEntry?: OnEntry): number {
    const { makerRow, lots: lotsOf, action: actionOf, count } = plan;
    let row = makerRow[from]!;
    const level = levelOf[row]!;
    assert(head[level] === row, 'a plan is performed on the book it was made from');
    let at = from;
    let left = 0;
    let lots = 0;
    for (; at < count && row !== NONE; at++) {
      const action = actionOf[at]! as MatchAction;
      const open = openLots[row]!;
      assert(makerRow[at] === row && lotsOf[at]! <= open, 'a plan is performed on the book it was made from');
      if (onEntry !== undefined) onEntry(row, lotsOf[at]!, action);
      if (action === MatchAction.fillPart) {
        putI(undo, openLots, row, open - lotsOf[at]!);
        lots += lotsOf[at]!;
        continue;
      }
      endOrder(undo, row);
      left++;
      lots += open;
      row = next[row]!;
    }
    dropFront(undo, level, row, left, lots);
    return at;
  }

  return (undo, plan, onEntry) => {
    let at = 0;
    while (at < plan.count) at = commitLevel(undo, plan, at, onEntry);
  };
}
