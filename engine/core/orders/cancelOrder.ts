import type { CancelAll, CancelByClientId, CancelOrder } from '../../protocol/commands/types.ts';
import { ANY_INSTRUMENT } from '../../protocol/commands/types.ts';
import { CancelReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { findOrder } from '../book/openOrder.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { instrumentOfOrder } from './books.ts';
import { cancelRow } from './cancelRow.ts';
import { findByClientId } from './clientIds.ts';

/** Cancels an order by its id. Refusal: order.unknown. Never blocked by margin, prices or a stale mark. */
export function cancelOrder(engine: Engine, command: CancelOrder, op: number): number {
  const row = findOrder(engine.state.book, command.orderId);
  const isOwn = row !== NONE && engine.state.book.orders.columns.account[row] === command.account;
  return isOwn ? cancelFound(engine, row, op) : refuseCancel(engine, command.account, command.orderId, op);
}

/** Cancels an open order by the id its client gave it. Refusal: order.unknown. */
export function cancelByClientId(engine: Engine, command: CancelByClientId, op: number): number {
  const row = findByClientId(engine.state, command.account, command);
  return row === NONE ? refuseCancel(engine, command.account, 0, op) : cancelFound(engine, row, op);
}

/**
 * Cancels all open and parked orders of an account, in one instrument or all, newest first.
 * Refusal: instrument.unknown. An account without orders is not an error.
 */
export function cancelAll(engine: Engine, command: CancelAll, op: number): number {
  const { state } = engine;
  const isAny = command.instrument === ANY_INSTRUMENT;
  if (!isAny && command.instrument >= highWater(state.instruments)) {
    announce(engine.out, TAG.CancelRejected, op, command.account, 0, refusal['instrument.unknown']);
    return refusal['instrument.unknown'];
  }
  const { nextOfAccount } = state.book.orders.columns;
  let row = state.accounts.columns.firstOrder[command.account]!;
  while (row !== NONE) {
    const next = nextOfAccount[row]!;
    if (isAny || instrumentOfOrder(state, row) === command.instrument) {
      cancelRow(engine, row, op, CancelReason.requested);
    }
    row = next;
  }
  return OK;
}

function cancelFound(engine: Engine, row: number, op: number): number {
  cancelRow(engine, row, op, CancelReason.requested);
  return OK;
}

function refuseCancel(engine: Engine, account: number, orderId: number, op: number): number {
  announce(engine.out, TAG.CancelRejected, op, account, orderId, refusal['order.unknown']);
  return refusal['order.unknown'];
}
