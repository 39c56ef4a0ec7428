import type { AmendOrder, Bracket } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { ladderOf } from '../book/ladder.ts';
import { findOrder, freeOrder } from '../book/openOrder.ts';
import { flagsOf, sideOf, typeOf, withAgent } from '../book/orderTable.ts';
import { reduceOrder, removeOrder, restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { judgeStanding } from '../firms/standing.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { countLimitedOrder, judgeParkedLimits } from '../limits/judgeLimits.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import {
  areLegPricesValid,
  changesLegs,
  hasRoomForLegs,
  judgeLegs,
  legsAfter,
  mayHaveLegs,
  namesLegs,
  onlyRemovesLegs,
  putLegs,
  wouldFireNow,
} from './amendBracket.ts';
import { announceAmended } from './announceOrders.ts';
import { instrumentOfOrder, isParked, triggerBookOf } from './books.ts';
import { bracketOf } from './bracketPlaces.ts';
import { noteAmended, takeUpBracket } from './brackets.ts';
import { ENTRY } from './bracketTable.ts';
import { decide, openIntent } from './decide.ts';
import { judgeBracketSides } from './judgeBracket.ts';
import { canOnlyReduce, firesOnRise, isMarketType, isMarkStale, judgePrice } from './judgeTerms.ts';
import { countOpenLots, releasePosition, unlinkOrder } from './openOrders.ts';
import { perform } from './perform.ts';
import { settleBrackets } from './settleBrackets.ts';

/**
 * Changes price, open size or trigger of an order under the same id. One that only shrinks keeps its
 * place in the queue, and so does one that changes only what will close its fills; any other change stands behind
 * those already there, and may trade. Of a take-profit or stop of a bracket, trigger and price may change; one that
 * is not open yet is changed, added and taken away with its entry.
 *
 * Refusals, in this order: order.unknown, instrument.expired, node.frozen, node.reduceOnly, order.nothingToChange,
 * order.sizeTooLarge, order.priceInvalid, bracket.legUnknown, bracket.legIsOpen, bracket.reduceOnly, bracket.spot,
 * bracket.sizeFollowsEntry, bracket.takeProfitInvalid, bracket.stopLossInvalid, order.tooManyOpen, oracle.stale,
 * order.triggerInvalid, order.notionalTooSmall, order.priceOutOfBand, engine.full, then those of `decide`.
 */
export function amendOrder(engine: Engine, command: AmendOrder, op: number): number {
  const code = judgeAndAmend(engine, command, op);
  if (code !== OK) announce(engine.out, TAG.AmendRejected, op, command.account, command.orderId, code);
  else takeOver(engine, command.orderId);
  return code;
}

/** What is left of the order is now whose who changed it. A closing order stays nobody's: it protects what is held. */
function takeOver({ state, undo, intent }: Engine, orderId: number): void {
  const row = findOrder(state.book, orderId);
  if (row === NONE) return;
  const bracket = bracketOf(state, row);
  if (bracket !== NONE && state.brackets.columns.entry[bracket] !== row) return;
  const { packed } = state.book.orders.columns;
  putI(undo, packed, row, withAgent(packed[row]!, intent.agent));
}

function judgeAndAmend(engine: Engine, command: AmendOrder, op: number): number {
  const { state } = engine;
  const row = findOrder(state.book, command.orderId);
  const c = state.book.orders.columns;
  if (row === NONE || c.account[row] !== command.account) return refusal['order.unknown'];
  const instrument = instrumentOfOrder(state, row);
  const i = state.instruments.columns;
  if (hasExpired(state, instrument)) return refusal['instrument.expired'];
  const packed = c.packed[row]!;
  const isReducing = canOnlyReduce(state, instrument, sideOf(packed), flagsOf(packed));
  const standingCode = judgeStanding(state, command.account, isReducing);
  if (standingCode !== OK) return standingCode;
  const ticks = command.priceTicks === 0 ? c.priceTicks[row]! : command.priceTicks;
  const lots = command.sizeLots === 0 ? c.openLots[row]! : command.sizeLots;
  const trigger = command.triggerTicks === 0 ? c.triggerTicks[row]! : command.triggerTicks;
  const legs = namesLegs(command.bracket) ? command.bracket : undefined;
  const isSame = ticks === c.priceTicks[row] && lots === c.openLots[row] && trigger === c.triggerTicks[row];
  const isLegChange = legs !== undefined && changesLegs(state, row, legs);
  if ((isSame && !isLegChange) || (command.triggerTicks !== 0 && !isParked(state, row)))
    return refusal['order.nothingToChange'];
  if (lots < 0 || lots > i.sizeLotsMax[instrument]!) return refusal['order.sizeTooLarge'];
  const isOpenPrice = ticks === 0 && isMarketType(typeOf(c.packed[row]!));
  const isInRange = ticks >= 1 && ticks <= i.priceTicksMax[instrument]!;
  if (!(isOpenPrice || isInRange) || trigger < 0 || trigger > i.priceTicksMax[instrument]!)
    return refusal['order.priceInvalid'];
  if (legs !== undefined && !areLegPricesValid(legs, i.priceTicksMax[instrument]!))
    return refusal['order.priceInvalid'];
  const terms = { ticks, lots, trigger, legs, op };
  const bracketCode = judgeBracketOf(state, row, instrument, terms);
  if (bracketCode !== OK) return bracketCode;
  if (isSame) return amendLegs(engine, row, instrument, terms);
  if (isParked(state, row)) return amendParked(engine, row, instrument, terms);
  if (ticks === c.priceTicks[row] && lots < c.openLots[row]!) return shrink(engine, row, instrument, terms);
  return replace(engine, row, instrument, terms);
}

interface Terms {
  ticks: number;
  lots: number;
  trigger: number;
  /** What becomes of what will close its fills. */
  legs: Bracket | undefined;
  op: number;
}

/**
 * A closing order's size follows its entry. An entry stays on the right side of what closes its fills, and never
 * so large that one order could not close them.
 */
function judgeBracketOf(state: State, row: number, instrument: number, terms: Terms): number {
  const { ticks, lots, trigger, legs } = terms;
  const bracket = bracketOf(state, row);
  const legsCode = legs === undefined ? OK : judgeLegs(state, row, instrument, bracket, legs);
  if (legsCode !== OK) return legsCode;
  if (bracket === NONE && legs === undefined) return OK;
  const c = state.book.orders.columns;
  const b = state.brackets.columns;
  const isEntry = bracket === NONE || b.entry[bracket] === row;
  if (!isEntry) return lots === c.openLots[row] ? OK : refusal['bracket.sizeFollowsEntry'];
  const heldLots = bracket === NONE ? 0 : b.heldLots[bracket]!;
  if (lots + heldLots > state.instruments.columns.sizeLotsMax[instrument]!)
    return refusal['order.sizeTooLarge'];
  const hasMoved = ticks !== c.priceTicks[row] || trigger !== c.triggerTicks[row];
  if (!hasMoved && (legs === undefined || onlyRemovesLegs(legs))) return OK;
  const triggerTicks = isParked(state, row) ? trigger : 0;
  const entry = { instrument, side: sideOf(c.packed[row]!), priceTicks: ticks, triggerTicks };
  const after = legsAfter(state, bracket, legs);
  const sidesCode = judgeBracketSides(state, entry, after.takeProfitTicks, after.stopLossTicks);
  if (sidesCode !== OK || legs === undefined) return sidesCode;
  return mayHaveLegs(state, row, bracket, legs) ? OK : refusal['order.tooManyOpen'];
}

/** What the mark says to legs that are set. Whoever only takes away asks no mark. */
function judgeLegsAtMark(state: State, row: number, instrument: number, legs: Bracket | undefined): number {
  if (legs === undefined || onlyRemovesLegs(legs)) return OK;
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const fires = wouldFireNow(state, instrument, bracketOf(state, row), legs);
  return fires ? refusal['order.triggerInvalid'] : OK;
}

/** An entry that is accepted, or given more to open, has room for it whatever comes after. */
function lacksRoom(state: State, row: number, legs: Bracket | undefined, besides: number): boolean {
  return legs !== undefined && !hasRoomForLegs(state, bracketOf(state, row), legs, besides);
}

function shrink(engine: Engine, row: number, instrument: number, { lots, legs, op }: Terms): number {
  const { state, undo, touched } = engine;
  const c = state.book.orders.columns;
  const packed = c.packed[row]!;
  const markCode = judgeLegsAtMark(state, row, instrument, legs);
  if (markCode !== OK) return markCode;
  if (lacksRoom(state, row, legs, 0)) return refusal['engine.full'];
  countOpenLots(engine, c.account[row]!, instrument, packed, lots - c.openLots[row]!);
  reduceOrder(state.book, undo, row, c.openLots[row]! - lots);
  touched.add(instrument, sideOf(packed), c.priceTicks[row]!);
  announceAmended(engine, row, instrument, op, true);
  putLegs(engine, row, instrument, legs);
  settleBrackets(engine);
  return OK;
}

/** The order itself stays where it is. */
function amendLegs(engine: Engine, row: number, instrument: number, { legs, op }: Terms): number {
  const markCode = judgeLegsAtMark(engine.state, row, instrument, legs);
  if (markCode !== OK) return markCode;
  if (lacksRoom(engine.state, row, legs, 0)) return refusal['engine.full'];
  announceAmended(engine, row, instrument, op, true);
  putLegs(engine, row, instrument, legs);
  settleBrackets(engine);
  return OK;
}

function replace(engine: Engine, row: number, instrument: number, terms: Terms): number {
  const { state, undo, intent, touched } = engine;
  const c = state.book.orders.columns;
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const legsCode = judgeLegsAtMark(state, row, instrument, terms.legs);
  if (legsCode !== OK) return legsCode;
  const priceCode = judgePrice(state, instrument, terms.ticks, terms.lots);
  if (priceCode !== OK) return priceCode;
  if (lacksRoom(state, row, terms.legs, 1)) return refusal['engine.full'];
  const account = c.account[row]!;
  const packed = c.packed[row]!;
  const open = c.openLots[row]!;
  openIntent(engine, account, instrument, packed, terms.ticks, terms.lots, terms.op);
  intent.replacedLots = open;
  const code = decide(engine);
  if (code !== OK) return code;
  countLimitedOrder(engine, account);
  takeUpBracket(engine, row);
  touched.add(instrument, sideOf(packed), c.priceTicks[row]!);
  countOpenLots(engine, account, instrument, packed, -open);
  removeOrder(state.book, undo, row);
  putI(undo, c.priceTicks, row, terms.ticks);
  putI(undo, c.originalLots, row, c.originalLots[row]! - open + intent.lots);
  putI(undo, c.openLots, row, intent.lots);
  announceAmended(engine, row, instrument, terms.op, false);
  noteAmended(engine, row);
  replaceLegs(engine, row, instrument, terms.legs);
  const orderId = c.id[row]!;
  if (intent.restLots === 0) {
    unlinkOrder(engine, row);
    freeOrder(state.book, undo, row);
  }
  perform(engine, row, orderId);
  return OK;
}

/** The intent that is about to be performed knows the bracket it was given, or that there is none any more. */
function replaceLegs(engine: Engine, row: number, instrument: number, legs: Bracket | undefined): void {
  if (legs === undefined) return;
  putLegs(engine, row, instrument, legs);
  engine.intent.bracket = bracketOf(engine.state, row);
  engine.intent.bracketPlace = ENTRY;
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
  if (!hasRoomToRest(state.book) || lacksRoom(state, row, terms.legs, 1)) return refusal['engine.full'];
  const account = c.account[row]!;
  const code = judgeParkedLimits(engine, account, instrument, packed, terms.lots);
  if (code !== OK) return code;
  countLimitedOrder(engine, account);
  removeOrder(state.book, undo, row);
  putI(undo, c.priceTicks, row, terms.ticks);
  putI(undo, c.originalLots, row, terms.lots);
  putI(undo, c.openLots, row, terms.lots);
  putI(undo, c.triggerTicks, row, terms.trigger);
  restOrder(state.book, undo, ladderOf(triggerBookOf(instrument), isRise ? 1 : 0), row, terms.trigger);
  announceAmended(engine, row, instrument, terms.op, false);
  noteAmended(engine, row);
  putLegs(engine, row, instrument, terms.legs);
  settleBrackets(engine);
  releasePosition(engine, account, instrument);
  return OK;
}
