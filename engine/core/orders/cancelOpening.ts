import { CancelReason } from '../../protocol/enums.ts';
import { flagsOf, sideOf } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { instrumentOfOrder } from './books.ts';
import { cancelRow } from './cancelRow.ts';
import { canOnlyReduce } from './judgeTerms.ts';

/**
 * Cancels what an account has open, parked orders too, that could open or grow a position: all that is neither
 * reduce-only nor a sale of coins, newest first. What closes the fills of a bracket stays and protects them.
 */
export function cancelOpening(engine: Engine, account: number): void {
  const { state } = engine;
  const { nextOfAccount, packed } = state.book.orders.columns;
  let row = state.accounts.columns.firstOrder[account]!;
  while (row !== NONE) {
    const next = nextOfAccount[row]!;
    const terms = packed[row]!;
    if (!canOnlyReduce(state, instrumentOfOrder(state, row), sideOf(terms), flagsOf(terms)))
      cancelRow(engine, row, -1, CancelReason.nodeRestricted);
    row = next;
  }
}
