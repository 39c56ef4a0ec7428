import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { InstrumentKind, OrderFlag } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { judgePot } from '../accounts/pots.ts';
import { announce } from '../announce.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { ladderOf } from '../book/ladder.ts';
import { mintOrderId, takeOrder } from '../book/openOrder.ts';
import { packOrder } from '../book/orderTable.ts';
import { restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { highWater, NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { triggerBookOf } from './books.ts';
import { findByClientId, hasClientId } from './clientIds.ts';
import { decide, openIntent } from './decide.ts';
import {
  areTermsInConflict,
  bandEdge,
  firesOnRise,
  isMarketType,
  isMarkStale,
  isTriggerType,
  judgePrice,
} from './judgeTerms.ts';
import { linkOrder } from './openOrders.ts';
import { perform } from './perform.ts';

/**
 * Places an order: matches what it can, rests or parks the remainder by its terms.
 *
 * Refusals, in this order: instrument.unknown, instrument.expired, pot.otherUnderlying, pot.spot, order.sizeZero,
 * order.sizeTooLarge, order.priceInvalid, order.termsConflict, order.expiryPast, order.clientIdInUse,
 * order.tooManyOpen, oracle.stale, order.triggerInvalid, order.notionalTooSmall, order.priceOutOfBand,
 * engine.full (parked orders), then those of `decide`. The account and the actor were judged before.
 *
 * @param op place in the batch
 * @returns OK or the number of the refusal, which was announced
 */
export function placeOrder(engine: Engine, command: PlaceOrder, op: number): number {
  const code =
    judge(engine, command) ||
    (isTriggerType(command.type) ? park(engine, command, op) : execute(engine, command, op));
  if (code !== OK) reject(engine, command, op, code);
  return code;
}

function judge(engine: Engine, c: PlaceOrder): number {
  const { state } = engine;
  if (c.instrument >= highWater(state.instruments)) return refusal['instrument.unknown'];
  const i = state.instruments.columns;
  if (i.kind[c.instrument] !== InstrumentKind.perpetual && hasExpired(state, c.instrument))
    return refusal['instrument.expired'];
  const potCode = judgePot(state, c.account, c.instrument);
  if (potCode !== OK) return potCode;
  if (c.sizeLots < 1) return refusal['order.sizeZero'];
  if (c.sizeLots > i.sizeLotsMax[c.instrument]!) return refusal['order.sizeTooLarge'];
  if (!isPriceValid(c, i.priceTicksMax[c.instrument]!)) return refusal['order.priceInvalid'];
  if (areTermsInConflict(c)) return refusal['order.termsConflict'];
  if (c.expiresAtMs !== 0 && c.expiresAtMs <= state.globals.columns.timeMs[0]!)
    return refusal['order.expiryPast'];
  if (hasClientId(c) && findByClientId(state, c.account, c) !== NONE) return refusal['order.clientIdInUse'];
  if (state.accounts.columns.orderCount[c.account]! >= state.limits.ordersPerAccount)
    return refusal['order.tooManyOpen'];
  if (isMarkStale(state, c.instrument)) return refusal['oracle.stale'];
  return judgeAgainstMark(engine, c);
}

/** Only a market order may leave its price open: the band's edge is then its cap. */
function isPriceValid(c: PlaceOrder, ticksMax: number): boolean {
  const isOpen = c.priceTicks === 0 && isMarketType(c.type);
  const isInRange = c.priceTicks >= 1 && c.priceTicks <= ticksMax;
  return (isOpen || isInRange) && c.triggerTicks >= 0 && c.triggerTicks <= ticksMax;
}

function judgeAgainstMark(engine: Engine, c: PlaceOrder): number {
  const { state } = engine;
  if (isTriggerType(c.type)) {
    const trigger = c.triggerTicks * state.instruments.columns.usdPerTickLot[c.instrument]!;
    const mark = state.instruments.columns.mark[c.instrument]!;
    const hasPassed = firesOnRise(c.type, c.side) ? mark >= trigger : mark <= trigger;
    // The limit of a parked order is judged when it fires, against the mark of then.
    return hasPassed ? refusal['order.triggerInvalid'] : OK;
  }
  return judgePrice(state, c.instrument, limitOf(engine, c), c.sizeLots);
}

function limitOf(engine: Engine, c: PlaceOrder): number {
  return c.priceTicks === 0 ? bandEdge(engine.state, c.instrument, c.side) : c.priceTicks;
}

function execute(engine: Engine, c: PlaceOrder, op: number): number {
  openIntent(engine, c.account, c.instrument, packOrder(c), limitOf(engine, c), c.sizeLots, op);
  const code = decide(engine);
  if (code !== OK) return code;
  const { state, undo, intent } = engine;
  const row = intent.restLots > 0 ? takeRowFor(engine, c, intent.restLots) : NONE;
  const orderId = row === NONE ? mintOrderId(state.book, undo) : state.book.orders.columns.id[row]!;
  announceAccepted(engine, c, op, orderId, intent.lots);
  if (row !== NONE) linkOrder(engine, row);
  perform(engine, row, orderId);
  return OK;
}

/** Stop and take orders wait in the trigger book; they bind no margin and are judged again when they fire. */
function park(engine: Engine, c: PlaceOrder, op: number): number {
  const { state, undo } = engine;
  if (!hasRoomToRest(state.book)) return refusal['engine.full'];
  const row = takeRowFor(engine, c, c.sizeLots);
  announceAccepted(engine, c, op, state.book.orders.columns.id[row]!, c.sizeLots);
  linkOrder(engine, row);
  const ladder = ladderOf(triggerBookOf(c.instrument), firesOnRise(c.type, c.side) ? 1 : 0);
  restOrder(state.book, undo, ladder, row, c.triggerTicks);
  return OK;
}

function takeRowFor(engine: Engine, c: PlaceOrder, openLots: number): number {
  const { state, undo, draft, intent } = engine;
  draft.account = c.account;
  draft.packed = packOrder(c);
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

function announceAccepted(engine: Engine, c: PlaceOrder, op: number, orderId: number, lots: number): void {
  const at = engine.out.open(TAG.OrderAccepted, 16);
  const { lanes } = engine.out;
  lanes[at] = op;
  lanes[at + 1] = c.account;
  lanes[at + 2] = c.instrument;
  lanes[at + 3] = orderId;
  lanes[at + 4] = c.side;
  lanes[at + 5] = c.type;
  lanes[at + 6] = c.timeInForce;
  lanes[at + 7] = c.flags & (OrderFlag.postOnly | OrderFlag.reduceOnly);
  lanes[at + 8] = c.priceTicks;
  lanes[at + 9] = lots;
  lanes[at + 10] = c.triggerTicks;
  lanes[at + 11] = c.expiresAtMs;
  lanes[at + 12] = c.clientId0;
  lanes[at + 13] = c.clientId1;
  lanes[at + 14] = c.clientId2;
  lanes[at + 15] = c.clientId3;
}

function reject(engine: Engine, c: PlaceOrder, op: number, code: number): void {
  announce(
    engine.out,
    TAG.OrderRejected,
    op,
    c.account,
    c.instrument,
    code,
    c.clientId0,
    c.clientId1,
    c.clientId2,
    c.clientId3,
  );
}
