import type { PlaceOrder } from '../../protocol/commands/types.ts';
import {
  BracketRole,
  CancelReason,
  OrderFlag,
  OrderType,
  SelfTrade,
  type Side,
  TimeInForce,
} from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { announce } from '../announce.ts';
import { ladderOfOrder } from '../book/ladder.ts';
import { sideOf } from '../book/orderTable.ts';
import { reduceOrder, removeOrder, restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { freeRow, NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { parkOrder } from './acceptOrder.ts';
import { announceAmended } from './announceOrders.ts';
import { isParked } from './books.ts';
import { legOf } from './bracketPlaces.ts';
import { keepRoomFor, linkToBracket } from './brackets.ts';
import { endRow } from './openOrders.ts';

/**
 * Makes the closing orders of every bracket that was touched as large as what its entry has filled and neither of
 * them has closed: opens them, resizes them, or cancels the one that is left. Called when the match is done.
 */
export function settleBrackets(engine: Engine): void {
  const { touchedBrackets } = engine;
  // Nearly always: emptying an array that is empty costs more than a cancel's own work.
  if (touchedBrackets.length === 0) return;
  for (const bracket of touchedBrackets) settle(engine, bracket);
  touchedBrackets.length = 0;
}

function settle(engine: Engine, bracket: number): void {
  const { state, undo } = engine;
  const b = state.brackets.columns;
  if (b.entryId[bracket] === 0) return;
  assert(b.heldLots[bracket]! >= 0, 'a bracket never closes more than its entry has filled');
  follow(engine, bracket, BracketRole.takeProfit);
  follow(engine, bracket, BracketRole.stopLoss);
  if (b.entry[bracket] !== NONE) return;
  // Nothing more can fill: the room that was kept for orders to come is free.
  keepRoomFor(engine, bracket, 0);
  if (b.takeProfit[bracket] !== NONE || b.stopLoss[bracket] !== NONE) return;
  putF(undo, b.entryId, bracket, 0);
  freeRow(undo, state.brackets, bracket);
}

function follow(engine: Engine, bracket: number, role: BracketRole): void {
  const { state, undo } = engine;
  const { row: rowOf, ticks } = legOf(state, role);
  const held = state.brackets.columns.heldLots[bracket]!;
  const row = rowOf[bracket]!;
  if (row === NONE) {
    if (held > 0 && ticks[bracket] !== 0) open(engine, bracket, role, held);
  } else if (held === 0) {
    putI(undo, rowOf, bracket, NONE);
    endRow(engine, row, -1, CancelReason.siblingFilled);
  } else if (state.book.orders.columns.openLots[row] !== held) resize(engine, row, held);
}

/** The command that parks a closing order; filled again for each. */
const closing: PlaceOrder = {
  kind: 'PlaceOrder',
  account: 0,
  instrument: 0,
  side: 0,
  type: 0,
  timeInForce: 0,
  // An order of one's own, the rest of the entry above all, must not stand between a position and its stop.
  selfTrade: SelfTrade.expireMaker,
  flags: OrderFlag.reduceOnly,
  priceTicks: 0,
  sizeLots: 0,
  triggerTicks: 0,
  expiresAtMs: 0,
  bracket: undefined,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
};

function open(engine: Engine, bracket: number, role: BracketRole, lots: number): void {
  const { state, undo, out } = engine;
  const b = state.brackets.columns;
  const { row: rowOf, ticks, limitTicks } = legOf(state, role);
  const isMarket = limitTicks[bracket] === 0;
  const isTake = role === BracketRole.takeProfit;
  closing.account = b.account[bracket]!;
  closing.instrument = b.instrument[bracket]!;
  closing.side = (b.entrySide[bracket]! ^ 1) as Side;
  if (isTake) closing.type = isMarket ? OrderType.takeMarket : OrderType.takeLimit;
  else closing.type = isMarket ? OrderType.stopMarket : OrderType.stopLimit;
  closing.timeInForce = isMarket ? TimeInForce.ioc : TimeInForce.gtc;
  closing.priceTicks = limitTicks[bracket]!;
  closing.triggerTicks = ticks[bracket]!;
  closing.sizeLots = lots;
  // Nobody signed it: it stays whatever becomes of the key that opened what it closes.
  const row = parkOrder(engine, closing, -1, 0);
  putI(undo, rowOf, bracket, row);
  linkToBracket(engine, row, bracket);
  const orderId = state.book.orders.columns.id[row]!;
  announce(
    out,
    TAG.BracketOrderOpened,
    closing.account,
    closing.instrument,
    orderId,
    b.entryId[bracket]!,
    role,
  );
}

/** A smaller order keeps its place; a larger one goes behind those of its price, where nothing can cross it. */
function resize(engine: Engine, row: number, lots: number): void {
  const { state, undo, touched } = engine;
  const c = state.book.orders.columns;
  const before = c.openLots[row]!;
  const instrument = state.brackets.columns.instrument[state.bracketLinks.columns.bracket[row]!]!;
  const parked = isParked(state, row);
  if (lots < before) {
    reduceOrder(state.book, undo, row, before - lots);
  } else {
    const ladder = ladderOfOrder(state.book, row);
    removeOrder(state.book, undo, row);
    putI(undo, c.openLots, row, lots);
    putI(undo, c.originalLots, row, c.originalLots[row]! + lots - before);
    restOrder(state.book, undo, ladder, row, parked ? c.triggerTicks[row]! : c.priceTicks[row]!);
  }
  if (!parked) touched.add(instrument, sideOf(c.packed[row]!), c.priceTicks[row]!);
  announceAmended(engine, row, instrument, -1, lots < before);
}
