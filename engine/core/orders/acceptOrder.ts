import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { ladderOf } from '../book/ladder.ts';
import { takeOrder } from '../book/openOrder.ts';
import { packOrder, withAgent } from '../book/orderTable.ts';
import { restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { announceAccepted } from './announceOrders.ts';
import { triggerBookOf } from './books.ts';
import { firesOnRise, isTriggerType } from './judgeTerms.ts';
import { linkOrder } from './openOrders.ts';

/**
 * Takes a row for an order that was judged. It rests nowhere yet and is in no list.
 *
 * @param agent who signed it, 0 for nobody
 */
export function takeRowFor(engine: Engine, c: PlaceOrder, openLots: number, agent: number): number {
  const { state, undo, draft, intent } = engine;
  draft.account = c.account;
  draft.packed = withAgent(packOrder(c), agent);
  draft.priceTicks = c.priceTicks;
  draft.originalLots = isTriggerType(c.type) ? c.sizeLots : intent.lots;
  draft.openLots = openLots;
  draft.triggerTicks = c.triggerTicks;
  draft.expiresAtMs = c.expiresAtMs;
  draft.acceptedSeq = state.globals.columns.seq[0]!;
  draft.clientId0 = c.clientId0;
  draft.clientId1 = c.clientId1;
  draft.clientId2 = c.clientId2;
  draft.clientId3 = c.clientId3;
  return takeOrder(state.book, undo, draft);
}

/**
 * Accepts a stop or take order, for which there is room: it waits in the trigger book, binds no margin, and is
 * judged again when it fires.
 *
 * @param agent who signed it, 0 for nobody
 * @returns its row
 */
export function parkOrder(engine: Engine, c: PlaceOrder, op: number, agent: number): number {
  const { state, undo } = engine;
  const row = takeRowFor(engine, c, c.sizeLots, agent);
  announceAccepted(engine, c, op, state.book.orders.columns.id[row]!, c.sizeLots);
  linkOrder(engine, row);
  const ladder = ladderOf(triggerBookOf(c.instrument), firesOnRise(c.type, c.side) ? 1 : 0);
  restOrder(state.book, undo, ladder, row, c.triggerTicks);
  return row;
}
