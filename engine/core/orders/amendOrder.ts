import type { AmendOrder } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { ladderOf } from '../book/ladder.ts';
import { findOrder, freeOrder } from '../book/openOrder.ts';
import { sideOf, typeOf } from '../book/orderTable.ts';
import { reduceOrder, removeOrder, restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { instrumentOfOrder, isParked, triggerBookOf } from './books.ts';
import { decide, openIntent } from './decide.ts';
import { firesOnRise, isMarketType, isMarkStale, judgePrice } from './judgeTerms.ts';
import { countOpenLots, releasePosition, unlinkOrder } from './openOrders.ts';
import { perform } from './perform.ts';

/**
 * Changes price, open size or trigger of an order under the same id. One that only shrinks keeps its
 * place in the queue; any other change stands behind those already there, and may trade.
 *
 * Refusals, in this order: order.unknown, instrument.expired, order.nothingToChange, order.sizeTooLarge,
 * order.priceInvalid, oracle.stale, order.triggerInvalid, order.notionalTooSmall,
 * order.priceOutOfBand, engine.full, then those of `decide`.
 */
export function amendOrder(engine: Engine, command: AmendOrder, op: number): number {
  const code = judgeAndAmend(engine, command, op);
  if (code !== OK) announce(engine.out, TAG.AmendRejected, op, command.account, command.orderId, code);
  return code;
}

function judgeAndAmend(engine: Engine, command: AmendOrder, op: number): number {
  const { state } = engine;
  const row = findOrder(state.book, command.orderId);
  const c = state.book.orders.columns;
  if (row === NONE || c.account[row] !== command.account) return refusal['order.unknown'];
  const instrument = instrumentOfOrder(state, row);
  const i = state.instruments.columns;
  if (hasExpired(state, instrument)) return refusal['instrument.expired'];
  const ticks = command.priceTicks === 0 ? c.priceTicks[row]! : command.priceTicks;
  const lots = command.sizeLots === 0 ? c.openLots[row]! : command.sizeLots;
  const trigger = command.triggerTicks === 0 ? c.triggerTicks[row]! : command.triggerTicks;
  const isSame = ticks === c.priceTicks[row] && lots === c.openLots[row] && trigger === c.triggerTicks[row];
  if (isSame || (command.triggerTicks !== 0 && !isParked(state, row)))
    return refusal['order.nothingToChange'];
  if (lots < 0 || lots > i.sizeLotsMax[instrument]!) return refusal['order.sizeTooLarge'];
  const isOpenPrice = ticks === 0 && isMarketType(typeOf(c.packed[row]!));
  const isInRange = ticks >= 1 && ticks <= i.priceTicksMax[instrument]!;
  if (!(isOpenPrice || isInRange) || trigger < 0 || trigger > i.priceTicksMax[instrument]!)
    return refusal['order.priceInvalid'];
  if (isParked(state, row)) return amendParked(engine, row, instrument, { ticks, lots, trigger, op });
  if (ticks === c.priceTicks[row] && lots < c.openLots[row]!)
    return shrink(engine, row, instrument, lots, op);
  return replace(engine, row, instrument, { ticks, lots, trigger, op });
}

interface Terms {
  ticks: number;
  lots: number;
  trigger: number;
  op: number;
}

function shrink(engine: Engine, row: number, instrument: number, lots: number, op: number): number {
  const { state, undo, touched } = engine;
  const c = state.book.orders.columns;
  const packed = c.packed[row]!;
  countOpenLots(engine, c.account[row]!, instrument, packed, lots - c.openLots[row]!);
  reduceOrder(state.book, undo, row, c.openLots[row]! - lots);
  touched.add(instrument, sideOf(packed), c.priceTicks[row]!);
  announceAmended(engine, row, instrument, op, true);
  return OK;
}

function replace(engine: Engine, row: number, instrument: number, terms: Terms): number {
  const { state, undo, intent, touched } = engine;
  const c = state.book.orders.columns;
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const priceCode = judgePrice(state, instrument, terms.ticks, terms.lots);
  if (priceCode !== OK) return priceCode;
  const account = c.account[row]!;
  const packed = c.packed[row]!;
  const open = c.openLots[row]!;
  openIntent(engine, account, instrument, packed, terms.ticks, terms.lots, terms.op);
  intent.replacedLots = open;
  const code = decide(engine);
  if (code !== OK) return code;
  touched.add(instrument, sideOf(packed), c.priceTicks[row]!);
  countOpenLots(engine, account, instrument, packed, -open);
  removeOrder(state.book, undo, row);
  putI(undo, c.priceTicks, row, terms.ticks);
  putI(undo, c.originalLots, row, c.originalLots[row]! - open + intent.lots);
  putI(undo, c.openLots, row, intent.lots);
  announceAmended(engine, row, instrument, terms.op, false);
  const orderId = c.id[row]!;
  if (intent.restLots === 0) {
    unlinkOrder(engine, row);
    freeOrder(state.book, undo, row);
  }
  perform(engine, row, orderId);
  return OK;
}

function amendParked(engine: Engine, row: number, instrument: number, terms: Terms): number {
  const { state, undo } = engine;
  const c = state.book.orders.columns;
  const i = state.instruments.columns;
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const packed = c.packed[row]!;
  const isRise = firesOnRise(typeOf(packed), sideOf(packed));
  const trigger = terms.trigger * i.usdPerTickLot[instrument]!;
  const hasPassed = isRise ? i.mark[instrument]! >= trigger : i.mark[instrument]! <= trigger;
  if (hasPassed) return refusal['order.triggerInvalid'];
  if (!hasRoomToRest(state.book)) return refusal['engine.full'];
  removeOrder(state.book, undo, row);
  putI(undo, c.priceTicks, row, terms.ticks);
  putI(undo, c.originalLots, row, terms.lots);
  putI(undo, c.openLots, row, terms.lots);
  putI(undo, c.triggerTicks, row, terms.trigger);
  restOrder(state.book, undo, ladderOf(triggerBookOf(instrument), isRise ? 1 : 0), row, terms.trigger);
  announceAmended(engine, row, instrument, terms.op, false);
  releasePosition(engine, c.account[row]!, instrument);
  return OK;
}

function announceAmended(
  engine: Engine,
  row: number,
  instrument: number,
  op: number,
  keptPriority: boolean,
): void {
  const c = engine.state.book.orders.columns;
  announce(
    engine.out,
    TAG.OrderAmended,
    op,
    c.account[row]!,
    instrument,
    c.id[row]!,
    c.priceTicks[row]!,
    c.openLots[row]!,
    c.triggerTicks[row]!,
    keptPriority ? 1 : 0,
  );
}
