import { assert } from '../../units/assert.ts';
import type { Undo } from '../memory/undo.ts';
import type { BookStore } from './bookStore.ts';
import { MatchAction, type MatchPlan } from './matchPlan.ts';
import { freeOrder } from './openOrder.ts';
import { fillOrder, removeOrder } from './restOrder.ts';

/**
 * Called for each entry before anything of it is written: the maker's row still reads as it rested. Here
 * the caller posts the money, announces, and, unless the action is `fillPart`, takes the order out of its
 * account's list. It must not touch the book.
 */
export type OnEntry = (row: number, lots: number, action: MatchAction) => void;

/**
 * Performs a plan on the book it was made from; nothing may have changed in between. Makers that end are
 * removed and their rows given back.
 */
export function commitPlan(store: BookStore, undo: Undo, plan: MatchPlan, onEntry?: OnEntry): void {
  const { makerRow, lots, action, count } = plan;
  const { openLots } = store.orders.columns;
  for (let at = 0; at < count; at++) {
    const row = makerRow[at]!;
    const what = action[at]! as MatchAction;
    assert(lots[at]! <= openLots[row]!, 'a plan is performed on the book it was made from');
    if (onEntry !== undefined) onEntry(row, lots[at]!, what);
    if (what === MatchAction.fillPart) {
      fillOrder(store, undo, row, lots[at]!);
    } else {
      removeOrder(store, undo, row);
      freeOrder(store, undo, row);
    }
  }
}
