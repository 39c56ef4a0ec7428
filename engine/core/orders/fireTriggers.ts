import { CancelReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { firstOrderReaching, ladderOf, PRICE_TICKS_MAX } from '../book/ladder.ts';
import { freeOrder } from '../book/openOrder.ts';
import { sideOf, typeOf } from '../book/orderTable.ts';
import { removeOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { highWater, NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { triggerBookOf } from './books.ts';
import { bracketOf, placeInBracket } from './bracketPlaces.ts';
import { noteNothingToClose, takeUpBracket } from './brackets.ts';
import { ENTRY } from './bracketTable.ts';
import { cancelRow } from './cancelRow.ts';
import { decide, openIntent } from './decide.ts';
import { bandEdge, isMarketType, isMarkStale, judgeBand, judgePrice } from './judgeTerms.ts';
import { unlinkOrder } from './openOrders.ts';
import { perform } from './perform.ts';

/** Orders one command may wake; the rest wait for the next tick, nearest trigger first. */
const FIRES_MAX = 64;

/** Wakes the stop and take orders that the marks have reached: nearest trigger first, then the earliest. */
export function fireTriggers(engine: Engine): void {
  const { state } = engine;
  let left = FIRES_MAX;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    if (isMarkStale(state, instrument) || hasExpired(state, instrument)) continue;
    const perTick = state.instruments.columns.usdPerTickLot[instrument]!;
    const mark = state.instruments.columns.mark[instrument]! / perTick;
    left = fireLadder(engine, instrument, 1, Math.floor(mark), left);
    left = fireLadder(engine, instrument, 0, Math.ceil(mark), left);
    if (left === 0) return;
  }
}

/** @param direction 1: orders that fire when the mark has risen to their trigger, 0: when it has fallen to it */
function fireLadder(
  engine: Engine,
  instrument: number,
  direction: 0 | 1,
  markTicks: number,
  most: number,
): number {
  const ladder = ladderOf(triggerBookOf(instrument), direction);
  const reach = Math.min(Math.max(markTicks, 1), PRICE_TICKS_MAX);
  let left = most;
  for (; left > 0; left--) {
    const row = firstOrderReaching(engine.state.book, ladder, reach);
    if (row === NONE) break;
    fire(engine, instrument, row);
  }
  return left;
}

function fire(engine: Engine, instrument: number, row: number): void {
  const { state, undo, intent } = engine;
  const c = state.book.orders.columns;
  const packed = c.packed[row]!;
  const account = c.account[row]!;
  announce(
    engine.out,
    TAG.OrderTriggered,
    account,
    instrument,
    c.id[row]!,
    state.instruments.columns.mark[instrument]!,
  );
  const isOpenPrice = isMarketType(typeOf(packed)) && c.priceTicks[row] === 0;
  const limit = isOpenPrice ? bandEdge(state, instrument, sideOf(packed)) : c.priceTicks[row]!;
  openIntent(engine, account, instrument, packed, limit, c.openLots[row]!, -1);
  const code = judgeFiring(engine, instrument, row, limit) || decide(engine);
  if (code !== OK) {
    if (code === refusal['order.reduceOnlyWouldIncrease']) noteNothingToClose(engine, row);
    cancelRow(engine, row, -1, CancelReason.triggerRefused);
    return;
  }
  takeUpBracket(engine, row);
  removeOrder(state.book, undo, row);
  const orderId = c.id[row]!;
  if (intent.restLots === 0) {
    unlinkOrder(engine, row);
    freeOrder(state.book, undo, row);
  }
  perform(engine, row, orderId);
}

/** What closes an entry's fills may be as small as they are; the band holds for it too. */
function judgeFiring({ state }: Engine, instrument: number, row: number, limit: number): number {
  const bracket = bracketOf(state, row);
  const isClosing = bracket !== NONE && placeInBracket(state, bracket, row) !== ENTRY;
  if (isClosing) return judgeBand(state, instrument, limit);
  return judgePrice(state, instrument, limit, state.book.orders.columns.openLots[row]!);
}
