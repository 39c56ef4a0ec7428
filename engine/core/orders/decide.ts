import { OrderFlag, type Side, TimeInForce } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { findPosition, positionLots } from '../accounts/positions.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { planMatch, wouldCross } from '../book/match.ts';
import { closePlan, openPlan } from '../book/matchPlan.ts';
import { flagsOf, selfTradeOf, sideOf, timeInForceOf } from '../book/orderTable.ts';
import { judgeCaps } from '../caps/judgeCaps.ts';
import type { Engine } from '../engine.ts';
import { judgeLimits } from '../limits/judgeLimits.ts';
import { hasRoom, NONE } from '../memory/table.ts';
import { isIsolated } from '../oracle/isolated.ts';
import type { State } from '../state.ts';
import { orderBookOf } from './books.ts';

/** Lots of a position that an order of this side could close; 0 when it would open or grow it. */
export function closableLots(state: State, account: number, instrument: number, side: Side): number {
  const lots = positionLots(state, account, instrument);
  return side === 0 ? Math.max(0, -lots) : Math.max(0, lots);
}

/** Fills the intent from an order's terms. Prices and lots come from the caller. */
export function openIntent(
  engine: Engine,
  account: number,
  instrument: number,
  packed: number,
  limitTicks: number,
  lots: number,
  op: number,
): void {
  const { intent, state } = engine;
  const flags = flagsOf(packed);
  const timeInForce = timeInForceOf(packed);
  intent.account = account;
  intent.instrument = instrument;
  intent.packed = packed;
  intent.limitTicks = limitTicks;
  intent.lots = lots;
  intent.replacedLots = 0;
  intent.canRest = timeInForce === TimeInForce.gtc || timeInForce === TimeInForce.gtt;
  intent.isPostOnly = (flags & OrderFlag.postOnly) !== 0;
  intent.isReduceOnly = (flags & OrderFlag.reduceOnly) !== 0;
  intent.isAllOrNothing = timeInForce === TimeInForce.fok;
  intent.op = op;
  intent.restLots = 0;
  intent.bracket = NONE;
  const { taker } = intent;
  taker.book = orderBookOf(instrument);
  taker.side = sideOf(packed);
  taker.limitTicks = limitTicks;
  taker.selfTrade = selfTradeOf(packed);
  taker.firm = state.accounts.columns.firm[account]!;
}

/**
 * Judges an order against the book, the tables and the account's margin, and leaves the match plan and
 * `intent.restLots` for `perform`. Writes nothing to the state.
 *
 * @returns OK or the first refusal, in the order: reduce-only, market isolated, post-only, fill-or-kill, self
 *   trade, no liquidity, tables full, owner's cap, market's cap, the limits of the account's places in
 *   its firm's tree, then those of `RiskDesk.judge`
 */
export function decide(engine: Engine): number {
  const { intent, state } = engine;
  const { taker } = intent;
  if (intent.isReduceOnly) {
    const closable = closableLots(state, intent.account, intent.instrument, taker.side);
    if (closable === 0) return refusal['order.reduceOnlyWouldIncrease'];
    intent.lots = Math.min(intent.lots, closable);
  } else if (isIsolated(state, state.instruments.columns.underlying[intent.instrument]!)) {
    if (wouldIncrease(engine)) return refusal['market.isolated'];
  }
  taker.lots = intent.lots;
  const isCrossing = wouldCross(state.book, taker.book, taker.side, taker.limitTicks);
  if (isCrossing && intent.isPostOnly) return refusal['order.postOnlyWouldCross'];
  const code = plan(engine, isCrossing);
  if (code !== OK) return code;
  if (intent.restLots > 0 && !hasRoomToRest(state.book)) return refusal['engine.full'];
  if (!hasRoom(state.positions, engine.plan.count + 1)) return refusal['engine.full'];
  return judgeCaps(engine) || judgeLimits(engine) || engine.risk.judge(engine);
}

/**
 * Whether the intent, with the orders of its side that are open already, could leave more of the instrument
 * than there is. Of a spot pair only a purchase could: a sale never passes the coins there are.
 */
function wouldIncrease({ intent, state }: Engine): boolean {
  const { account, instrument, taker } = intent;
  if (state.instruments.columns.baseAsset[instrument] !== NONE) return taker.side === 0;
  const row = findPosition(state, account, instrument);
  if (row === NONE) return true;
  const { bidLots, askLots } = state.positions.columns;
  const open = (taker.side === 0 ? bidLots : askLots)[row]! - intent.replacedLots;
  return open + intent.lots > closableLots(state, account, instrument, taker.side);
}

function plan(engine: Engine, isCrossing: boolean): number {
  const { intent, state, plan } = engine;
  if (isCrossing) {
    planMatch(state.book, intent.taker, engine.makerFacts, plan);
  } else {
    openPlan(plan, intent.lots);
    closePlan(plan, intent.lots, state.book.orders.columns.account);
  }
  if (intent.isAllOrNothing && plan.remainingLots > 0) return refusal['order.fokNotFillable'];
  if (plan.isStoppedBySelfTrade && plan.filledLots === 0) return refusal['order.selfTrade'];
  const mayRest = intent.canRest && !plan.isStoppedBySelfTrade && !plan.isTruncated;
  if (!mayRest && plan.filledLots === 0) return refusal['order.noLiquidity'];
  intent.restLots = mayRest ? plan.remainingLots : 0;
  return OK;
}
