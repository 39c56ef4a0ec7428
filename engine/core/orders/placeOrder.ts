import type { Bracket, PlaceOrder } from '../../protocol/commands/types.ts';
import { InstrumentKind } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { judgePot } from '../accounts/pots.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { mintOrderId } from '../book/openOrder.ts';
import { packOrder } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { judgeStanding } from '../firms/standing.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { countLimitedOrder, judgeParkedLimits } from '../limits/judgeLimits.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { parkOrder, takeRowFor } from './acceptOrder.ts';
import { announceAccepted, announceRejected } from './announceOrders.ts';
import { legCountOf, openBracket } from './brackets.ts';
import { ENTRY } from './bracketTable.ts';
import { findByClientId, hasClientId } from './clientIds.ts';
import { decide, openIntent } from './decide.ts';
import { areBracketPricesValid, judgeBracketSides, judgeBracketTerms } from './judgeBracket.ts';
import {
  areTermsInConflict,
  bandEdge,
  canOnlyReduce,
  firesOnRise,
  isMarketType,
  isMarkStale,
  isTriggerType,
  judgePrice,
} from './judgeTerms.ts';
import { linkOrder } from './openOrders.ts';
import { perform } from './perform.ts';

/**
 * Places an order: matches what it can, rests or parks the remainder by its terms, and attaches its bracket.
 *
 * Refusals, in this order: instrument.unknown, instrument.expired, node.archived, node.frozen, node.reduceOnly,
 * pot.otherUnderlying, pot.spot, order.sizeZero, order.sizeTooLarge, order.priceInvalid, order.termsConflict, bracket.reduceOnly, bracket.spot, order.expiryPast,
 * order.clientIdInUse, order.tooManyOpen, oracle.stale, order.triggerInvalid, order.notionalTooSmall,
 * order.priceOutOfBand, bracket.takeProfitInvalid, bracket.stopLossInvalid, engine.full (parked orders and
 * brackets), then those of `decide`, of which a parked order meets only limit.instrument, limit.orderValue and
 * limit.orderRate. The account and the actor were judged before.
 *
 * @param op place in the batch
 * @returns OK or the number of the refusal, which was announced
 */
export function placeOrder(engine: Engine, command: PlaceOrder, op: number): number {
  const code = tryOrder(engine, command, op);
  if (code !== OK) announceRejected(engine, command, op, code);
  return code;
}

/** The same, and nobody is told of a refusal. */
export function tryOrder(engine: Engine, c: PlaceOrder, op: number): number {
  return judge(engine, c) || (isTriggerType(c.type) ? park(engine, c, op) : executeOrder(engine, c, op));
}

function judge(engine: Engine, c: PlaceOrder): number {
  const { state } = engine;
  if (c.instrument >= highWater(state.instruments)) return refusal['instrument.unknown'];
  const i = state.instruments.columns;
  if (i.kind[c.instrument] !== InstrumentKind.perpetual && hasExpired(state, c.instrument))
    return refusal['instrument.expired'];
  const standingCode = judgeStanding(state, c.account, canOnlyReduce(state, c.instrument, c.side, c.flags));
  if (standingCode !== OK) return standingCode;
  const potCode = judgePot(state, c.account, c.instrument);
  if (potCode !== OK) return potCode;
  if (c.sizeLots < 1) return refusal['order.sizeZero'];
  if (c.sizeLots > i.sizeLotsMax[c.instrument]!) return refusal['order.sizeTooLarge'];
  if (!isPriceValid(c, i.priceTicksMax[c.instrument]!)) return refusal['order.priceInvalid'];
  if (areTermsInConflict(c)) return refusal['order.termsConflict'];
  if (c.bracket !== undefined) {
    const bracketCode = judgeBracketTerms(state, c, c.bracket);
    if (bracketCode !== OK) return bracketCode;
  }
  if (c.expiresAtMs !== 0 && c.expiresAtMs <= state.globals.columns.timeMs[0]!)
    return refusal['order.expiryPast'];
  if (hasClientId(c) && findByClientId(state, c.account, c) !== NONE) return refusal['order.clientIdInUse'];
  const promised = c.bracket === undefined ? 0 : legCountOf(c.bracket);
  if (state.accounts.columns.orderCount[c.account]! + promised >= state.limits.ordersPerAccount)
    return refusal['order.tooManyOpen'];
  if (isMarkStale(state, c.instrument)) return refusal['oracle.stale'];
  const code = judgeAgainstMark(engine, c);
  return code !== OK || c.bracket === undefined ? code : judgeBracket(state, c, c.bracket);
}

/** An entry that is accepted has room for the orders that close its fills, whatever comes after. */
function judgeBracket(state: State, c: PlaceOrder, bracket: Bracket): number {
  const code = judgeBracketSides(state, c, bracket.takeProfitTicks, bracket.stopLossTicks);
  if (code !== OK) return code;
  return hasRoomToRest(state.book, 1 + legCountOf(bracket)) ? OK : refusal['engine.full'];
}

/** Only a market order may leave its price open: the band's edge is then its cap. */
function isPriceValid(c: PlaceOrder, ticksMax: number): boolean {
  const isOpen = c.priceTicks === 0 && isMarketType(c.type);
  const isInRange = c.priceTicks >= 1 && c.priceTicks <= ticksMax;
  const isTriggerInRange = c.triggerTicks >= 0 && c.triggerTicks <= ticksMax;
  if (!isTriggerInRange || !(isOpen || isInRange)) return false;
  return c.bracket === undefined || areBracketPricesValid(c.bracket, ticksMax);
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

/**
 * Matches an order whose terms are known to be good, and rests what it may of it.
 *
 * @returns OK or those of `decide`
 */
export function executeOrder(engine: Engine, c: PlaceOrder, op: number): number {
  openIntent(engine, c.account, c.instrument, packOrder(c), limitOf(engine, c), c.sizeLots, op);
  const code = decide(engine);
  if (code !== OK) return code;
  const { state, undo, intent } = engine;
  countLimitedOrder(engine, c.account);
  const row = intent.restLots > 0 ? takeRowFor(engine, c, intent.restLots, intent.agent) : NONE;
  const orderId = row === NONE ? mintOrderId(state.book, undo) : state.book.orders.columns.id[row]!;
  announceAccepted(engine, c, op, orderId, intent.lots);
  if (row !== NONE) linkOrder(engine, row);
  if (c.bracket !== undefined) {
    intent.bracket = openBracket(engine, c, c.bracket, orderId, row);
    intent.bracketPlace = ENTRY;
  }
  perform(engine, row, orderId);
  return OK;
}

function park(engine: Engine, c: PlaceOrder, op: number): number {
  const { state } = engine;
  if (!hasRoomToRest(state.book)) return refusal['engine.full'];
  const code = judgeParkedLimits(engine, c.account, c.instrument, packOrder(c), c.sizeLots);
  if (code !== OK) return code;
  countLimitedOrder(engine, c.account);
  const row = parkOrder(engine, c, op, engine.intent.agent);
  if (c.bracket !== undefined) openBracket(engine, c, c.bracket, state.book.orders.columns.id[row]!, row);
  return OK;
}
