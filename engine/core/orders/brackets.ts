import type { Bracket } from '../../protocol/commands/types.ts';
import type { BracketRole, Side } from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { announce } from '../announce.ts';
import { MatchAction } from '../book/matchPlan.ts';
import { IS_BRACKETED } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { extendTo, freeRow, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { bracketOf, legOf, placeInBracket } from './bracketPlaces.ts';
import { type BracketPlace, ENTRY } from './bracketTable.ts';

/**
 * What happens to the three orders of a bracket is only written down here, while a match may still be under way;
 * `settleBrackets` then makes the closing orders follow.
 */

/** Closing orders a bracket asks for: 1 or 2. */
export function legCountOf(bracket: Bracket): number {
  return (bracket.takeProfitTicks === 0 ? 0 : 1) + (bracket.stopLossTicks === 0 ? 0 : 1);
}

/** What a bracket must know of its entry. */
interface Entry {
  account: number;
  instrument: number;
  side: Side;
}

/**
 * Opens the bracket of an entry that was just accepted, or is given one now, and keeps room for its orders.
 *
 * @param row row of the entry; NONE when it does not rest
 * @returns the bracket's row
 */
export function openBracket(engine: Engine, c: Entry, terms: Bracket, orderId: number, row: number): number {
  const { state, undo } = engine;
  const b = state.brackets.columns;
  const bracket = takeRow(undo, state.brackets);
  putF(undo, b.entryId, bracket, orderId);
  putF(undo, b.heldLots, bracket, 0);
  putI(undo, b.account, bracket, c.account);
  putI(undo, b.instrument, bracket, c.instrument);
  putI(undo, b.entrySide, bracket, c.side);
  putI(undo, b.entry, bracket, row);
  putI(undo, b.takeProfit, bracket, NONE);
  putI(undo, b.stopLoss, bracket, NONE);
  putI(undo, b.takeProfitTicks, bracket, terms.takeProfitTicks);
  putI(undo, b.takeProfitLimitTicks, bracket, terms.takeProfitLimitTicks);
  putI(undo, b.stopLossTicks, bracket, terms.stopLossTicks);
  putI(undo, b.stopLossLimitTicks, bracket, terms.stopLossLimitTicks);
  putI(undo, b.promisedOrders, bracket, 0);
  keepRoomFor(engine, bracket, legCountOf(terms));
  if (row !== NONE) linkToBracket(engine, row, bracket);
  announceBracket(engine, bracket);
  return bracket;
}

/** Keeps room in the books for so many orders of a bracket. */
export function keepRoomFor({ state, undo }: Engine, bracket: number, count: number): void {
  const promised = state.brackets.columns.promisedOrders;
  const { promisedOrders } = state.book.counters.columns;
  putI(undo, promisedOrders, 0, promisedOrders[0]! + count - promised[bracket]!);
  putI(undo, promised, bracket, count);
}

/** Ends the bracket of an entry that shall have none: it is an order like any other from now on. */
export function dropBracket({ state, undo }: Engine, bracket: number): void {
  const { entry, entryId, heldLots, promisedOrders } = state.brackets.columns;
  assert(heldLots[bracket] === 0, 'what an entry has filled keeps its bracket');
  assert(promisedOrders[bracket] === 0, 'a bracket that ends needs no room');
  const { packed } = state.book.orders.columns;
  const row = entry[bracket]!;
  putI(undo, packed, row, packed[row]! & ~IS_BRACKETED);
  putF(undo, entryId, bracket, 0);
  freeRow(undo, state.brackets, bracket);
}

/** Marks an order's row as part of a bracket. */
export function linkToBracket({ state, undo }: Engine, row: number, bracket: number): void {
  const { packed } = state.book.orders.columns;
  putI(undo, packed, row, packed[row]! | IS_BRACKETED);
  extendTo(undo, state.bracketLinks, row + 1);
  putI(undo, state.bracketLinks.columns.bracket, row, bracket);
}

/** What closes the entry's fills from now on. */
export function announceBracket(engine: Engine, bracket: number): void {
  const b = engine.state.brackets.columns;
  announce(
    engine.out,
    TAG.BracketSet,
    b.account[bracket]!,
    b.instrument[bracket]!,
    b.entryId[bracket]!,
    b.takeProfitTicks[bracket]!,
    b.takeProfitLimitTicks[bracket]!,
    b.stopLossTicks[bracket]!,
    b.stopLossLimitTicks[bracket]!,
  );
}

/**
 * Lets the intent know the bracket of the open order it is made from. What reduce-only has cut from a closing
 * order is cut from its bracket: the position to close is not there.
 */
export function takeUpBracket({ state, undo, intent }: Engine, row: number): void {
  const bracket = bracketOf(state, row);
  if (bracket === NONE) return;
  const place = placeInBracket(state, bracket, row);
  if (place === undefined) return;
  intent.bracket = bracket;
  intent.bracketPlace = place;
  if (place === ENTRY) return;
  const { heldLots } = state.brackets.columns;
  const cut = state.book.orders.columns.openLots[row]! - intent.lots;
  if (cut > 0) putF(undo, heldLots, bracket, heldLots[bracket]! - cut);
}

/** Counts what the intent's order took from the book, and its end where it does not rest. */
export function noteTaken(engine: Engine): void {
  const { intent, plan, state, undo } = engine;
  const { bracket, bracketPlace: place } = intent;
  countFill(engine, bracket, place, plan.filledLots);
  if (intent.restLots > 0) return;
  if (place === ENTRY) putI(undo, state.brackets.columns.entry, bracket, NONE);
  else if (intent.openLots > 0) giveUpLeg(engine, bracket, place);
  else putI(undo, legOf(state, place).row, bracket, NONE);
}

/** Counts what a taker took from a resting order of a bracket, and its end unless it keeps some lots. */
export function noteMade(engine: Engine, row: number, lots: number, action: MatchAction): void {
  const { state, undo } = engine;
  const bracket = state.bracketLinks.columns.bracket[row]!;
  const place = placeInBracket(state, bracket, row);
  if (place === undefined) return;
  countFill(engine, bracket, place, lots);
  if (action === MatchAction.fillPart) return;
  if (place === ENTRY) putI(undo, state.brackets.columns.entry, bracket, NONE);
  else if (action === MatchAction.expireMaker) giveUpLeg(engine, bracket, place);
  else spend(engine, bracket, place);
}

/** Notes that an open order is about to be cancelled. A closing order that is cancelled does not come back. */
export function noteCancelled(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const bracket = bracketOf(state, row);
  if (bracket === NONE) return;
  const place = placeInBracket(state, bracket, row);
  if (place === undefined) return;
  engine.touchedBrackets.push(bracket);
  if (place === ENTRY) putI(undo, state.brackets.columns.entry, bracket, NONE);
  else giveUpLeg(engine, bracket, place);
}

/** Notes the new trigger and price of a closing order: what later fills of its entry open is like it. */
export function noteAmended(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const bracket = bracketOf(state, row);
  if (bracket === NONE) return;
  const place = placeInBracket(state, bracket, row);
  if (place === undefined || place === ENTRY) return;
  const c = state.book.orders.columns;
  const { ticks, limitTicks } = legOf(state, place);
  putI(undo, ticks, bracket, c.triggerTicks[row]!);
  putI(undo, limitTicks, bracket, c.priceTicks[row]!);
  if (state.brackets.columns.entry[bracket] !== NONE) announceBracket(engine, bracket);
}

/** Notes that a closing order found nothing to close: for its sibling there is nothing either. */
export function noteNothingToClose(engine: Engine, row: number): void {
  const bracket = bracketOf(engine.state, row);
  if (bracket === NONE) return;
  const place = placeInBracket(engine.state, bracket, row);
  if (place === undefined || place === ENTRY) return;
  engine.touchedBrackets.push(bracket);
  spend(engine, bracket, place);
}

/** What the entry fills is held, what either of the two closes is held no more. */
function countFill(engine: Engine, bracket: number, place: BracketPlace, lots: number): void {
  const { heldLots } = engine.state.brackets.columns;
  const held = heldLots[bracket]! + (place === ENTRY ? lots : -lots);
  putF(engine.undo, heldLots, bracket, held);
  engine.touchedBrackets.push(bracket);
}

/** A closing order has ended with nothing left to close. */
function spend({ state, undo }: Engine, bracket: number, role: BracketRole): void {
  putF(undo, state.brackets.columns.heldLots, bracket, 0);
  putI(undo, legOf(state, role).row, bracket, NONE);
}

/** A closing order has ended with something left to close: the other one stays, and later fills have only that. */
function giveUpLeg(engine: Engine, bracket: number, role: BracketRole): void {
  const { state, undo } = engine;
  const { row, ticks, limitTicks } = legOf(state, role);
  putI(undo, row, bracket, NONE);
  putI(undo, ticks, bracket, 0);
  putI(undo, limitTicks, bracket, 0);
  if (state.brackets.columns.entry[bracket] !== NONE) announceBracket(engine, bracket);
}
