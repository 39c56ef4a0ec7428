import { CancelReason, InstrumentKind } from '../../protocol/enums.ts';
import { applyFill } from '../accounts/fill.ts';
import { applySpotFill } from '../accounts/spotFill.ts';
import { announceOrderCancelled, announceTraded } from '../announce.ts';
import { commitPlan, type OnEntry } from '../book/commitPlan.ts';
import { ladderOf } from '../book/ladder.ts';
import { MatchAction } from '../book/matchPlan.ts';
import { IS_BRACKETED, sideOf } from '../book/orderTable.ts';
import { restOrder } from '../book/restOrder.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { bracketOf } from './bracketPlaces.ts';
import { noteMade, noteTaken } from './brackets.ts';
import { countOpenLots, releasePosition, unlinkOrder } from './openOrders.ts';
import { settleBrackets } from './settleBrackets.ts';

/**
 * Performs what `decide` planned for the intent: fills, self-trade expiries, and what is left of the
 * order. The row, if the order has or gets one, is in no book while this runs.
 *
 * @param row row of the order when it may rest, else NONE
 */
export function perform(engine: Engine, row: number, orderId: number): void {
  const { intent, plan, state, undo } = engine;
  intent.orderId = orderId;
  intent.openLots = intent.lots;
  if (plan.count > 0) commitPlan(state.book, undo, plan, engine.onEntry);
  if (intent.restLots > 0) {
    rest(engine, row);
  } else if (intent.openLots > 0) {
    const reason = plan.isStoppedBySelfTrade ? CancelReason.selfTrade : CancelReason.iocRemainder;
    announceOrderCancelled(
      engine.out,
      intent.op,
      intent.account,
      intent.instrument,
      orderId,
      intent.openLots,
      reason,
    );
  }
  if (intent.bracket !== NONE) noteTaken(engine);
  releasePosition(engine, intent.account, intent.instrument);
  settleBrackets(engine);
}

function rest(engine: Engine, row: number): void {
  const { intent, state, undo } = engine;
  putI(undo, state.book.orders.columns.openLots, row, intent.restLots);
  restOrder(state.book, undo, ladderOf(intent.taker.book, intent.taker.side), row, intent.limitTicks);
  countOpenLots(engine, intent.account, intent.instrument, intent.packed, intent.restLots);
  engine.touched.add(intent.instrument, intent.taker.side, intent.limitTicks);
}

/** One entry of a plan on the desk's books: the maker's side, the taker's side, and the trade between them. */
export function createOnEntry(engineOf: () => Engine): OnEntry {
  return (row, lots, action) => {
    const engine = engineOf();
    const { state, intent, touched } = engine;
    const c = state.book.orders.columns;
    const account = c.account[row]!;
    const packed = c.packed[row]!;
    const ticks = c.priceTicks[row]!;
    const makerId = c.id[row]!;
    const open = c.openLots[row]!;
    touched.add(intent.instrument, sideOf(packed), ticks);
    if (lots > 0) trade(engine, account, makerId, ticks, lots, open - lots);
    const leaves = action === MatchAction.fillPart ? lots : open;
    countOpenLots(engine, account, intent.instrument, packed, -leaves);
    const reason = action === MatchAction.cut ? reasonOfCut(engine, row, lots) : CancelReason.selfTrade;
    if ((packed & IS_BRACKETED) !== 0) noteMade(engine, row, lots, action);
    if (action === MatchAction.fillPart) return;
    if (action !== MatchAction.fillWhole)
      announceOrderCancelled(engine.out, -1, account, intent.instrument, makerId, open - lots, reason);
    unlinkOrder(engine, row);
    // The taker's own position is looked at once, when all is done.
    if (account !== intent.account) releasePosition(engine, account, intent.instrument);
  };
}

/** Books both sides of a trade, the taker's first. */
function trade(
  engine: Engine,
  maker: number,
  makerId: number,
  priceTicks: number,
  lots: number,
  makerRest: number,
): void {
  const { state, undo, out, intent, fill } = engine;
  const { lastTradeId } = state.globals.columns;
  const { lastTicks, kind } = state.instruments.columns;
  const tradeId = lastTradeId[0]! + 1;
  const { instrument, taker } = intent;
  putF(undo, lastTradeId, 0, tradeId);
  putI(undo, lastTicks, instrument, priceTicks);
  intent.openLots -= lots;
  announceTraded(out, instrument, tradeId, taker.side, priceTicks, lots);
  const bookSide = kind[instrument] === InstrumentKind.spot ? applySpotFill : applyFill;
  fill.instrument = instrument;
  fill.tradeId = tradeId;
  fill.priceTicks = priceTicks;
  fill.lots = lots;
  fill.account = intent.account;
  fill.orderId = intent.orderId;
  fill.side = taker.side;
  fill.remainingLots = intent.openLots;
  fill.isMaker = false;
  bookSide(engine, fill);
  fill.account = maker;
  fill.orderId = makerId;
  fill.side = taker.side ^ 1;
  fill.remainingLots = makerRest;
  fill.isMaker = true;
  bookSide(engine, fill);
}

/** Only a reduce-only maker is cut: its position was too small, or its sibling has filled what they shared. */
function reasonOfCut({ state }: Engine, row: number, lots: number): CancelReason {
  const bracket = bracketOf(state, row);
  const isShared = bracket !== NONE && state.brackets.columns.heldLots[bracket] === lots;
  return isShared ? CancelReason.siblingFilled : CancelReason.reduceOnlyExceeded;
}
