import { CancelReason } from '../../protocol/enums.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { cancelRow } from './cancelRow.ts';
import { nextToExpire } from './expiryHeap.ts';

/** Orders one command may expire, so that its work is bounded. */
const EXPIRIES_MAX = 256;

/**
 * Cancels GTT orders whose time has come. Runs before every command, so that an order is never met
 * after its expiry.
 */
export function expireOrders(engine: Engine): void {
  const { state } = engine;
  const now = state.globals.columns.timeMs[0]!;
  const { expiresAtMs } = state.book.orders.columns;
  for (let count = 0; count < EXPIRIES_MAX; count++) {
    const row = nextToExpire(state);
    if (row === NONE || expiresAtMs[row]! > now) return;
    cancelRow(engine, row, -1, CancelReason.expired);
  }
}
