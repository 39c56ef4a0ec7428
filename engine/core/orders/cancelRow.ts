import type { CancelReason } from '../../protocol/enums.ts';
import type { Engine } from '../engine.ts';
import { noteCancelled } from './brackets.ts';
import { endRow } from './openOrders.ts';
import { settleBrackets } from './settleBrackets.ts';

/**
 * Ends an open or parked order without a fill, announced. Of a bracket the other orders stay: a cancelled entry
 * keeps what closes its fills, a cancelled take-profit leaves the stop alone.
 *
 * @param op place in the batch that asked for it, −1 when nobody did
 */
export function cancelRow(engine: Engine, row: number, op: number, reason: CancelReason): void {
  noteCancelled(engine, row);
  endRow(engine, row, op, reason);
  settleBrackets(engine);
}
