import { CancelReason } from '../../protocol/enums.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { cancelRow } from './cancelRow.ts';
import { nextToExpire } from './expiryHeap.ts';

/**
 * Cancels the GTT orders whose time has come, all of them: one that stayed could be met, amended or fired by the
 * command that follows. Runs before every command; bounded by the table of orders (decision 032).
 */
export function expireOrders(engine: Engine): void {
  const { state } = engine;
  const now = state.globals.columns.timeMs[0]!;
  const { expiresAtMs } = state.book.orders.columns;
  for (let row = nextToExpire(state); row !== NONE && expiresAtMs[row]! <= now; row = nextToExpire(state)) {
    cancelRow(engine, row, -1, CancelReason.expired);
  }
}
