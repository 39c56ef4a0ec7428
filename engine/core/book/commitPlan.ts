import { assert } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { putI, type Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { MatchAction, type MatchPlan } from './matchPlan.ts';
import { endOrder } from './openOrder.ts';
import { dropFront } from './restOrder.ts';

/**
 * Called for each entry before anything of it is written: the maker's row still reads as it rested. Here
 * the caller posts the money, announces, and, unless the action is `fillPart`, takes the order out of its
 * account's list. It must neither read nor touch the queues of the book.
 */
export type OnEntry = (row: number, lots: number, action: MatchAction) => void;

/**
 * Performs a plan on the book it was made from; nothing may have changed in between. Makers that end are
 * removed and their rows given back.
 */
export function commitPlan(store: BookStore, undo: Undo, plan: MatchPlan, onEntry?: OnEntry): void {
  let at = 0;
  while (at < plan.count) at = commitLevel(store, undo, plan, at, onEntry);
}

/**
 * Performs the entries of one price. A plan takes each queue from its front without a gap, so the queue
 * and its sums are written once, not once for each maker.
 *
 * @returns the first entry of the next price
 */
function commitLevel(store: BookStore, undo: Undo, plan: MatchPlan, from: number, onEntry?: OnEntry): number {
  const { makerRow, lots: lotsOf, action: actionOf, count } = plan;
  const { openLots, next } = store;
  let row = makerRow[from]!;
  const level = store.levelOf[row]!;
  assert(store.head[level] === row, 'a plan is performed on the book it was made from');
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
    endOrder(store, undo, row);
    left++;
    lots += open;
    row = next[row]!;
  }
  dropFront(store, undo, level, row, left, lots);
  return at;
}
