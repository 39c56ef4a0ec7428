import { InstrumentKind } from '../../protocol/enums.ts';
import { OK } from '../../protocol/errors.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { findPosition } from '../accounts/positions.ts';
import { flagsOf, sideOf } from '../book/orderTable.ts';
import { microCoinsUsd } from '../caps/coinCaps.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { canOnlyReduce } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';
import { limitCodes } from './limitCodes.ts';
import { HARD, type Severity, SOFT, UNDERLYING_CLASSES } from './limitTables.ts';
import { grossLots, reachRow } from './reach.ts';

/** One order as limits see it; scratch, filled again for each. */
const order = {
  instrument: 0,
  underlying: 0,
  underlyingClass: 0,
  usd: 0,
  isAsked: false,
  /** Buys coins: of spot nothing is summed, and it is new risk all the same. */
  buysCoins: false,
  gross: 0,
  up: 0,
  down: 0,
};

/** What left the node's own accounts on its way to where it is judged, micro-coins: nothing for an order. */
const given = { gross: 0, up: 0, down: 0 };

/** What a node's accounts could come to hold before and after the order, micro-USD; scratch. */
const reach = {
  assetGross: 0,
  assetNet: 0,
  assetNetBefore: 0,
  classGross: 0,
  classNet: 0,
  classNetBefore: 0,
  gross: 0,
  net: 0,
  netBefore: 0,
};

/**
 * Judges the intent's plan by the limits of its account's node and of all above it. What could come to be held is
 * valued at the index; an order that does not raise a measure passes by it, however far it is passed already, and one
 * that only reduces passes by them all.
 *
 * @returns OK or a refusal: the first of a hard limit on the way up, else the first of a soft one, which an approval
 *   takes away. In the order: instrument, orderValue, orderRate, dayLoss, assetGross, assetNet, classGross, classNet,
 *   gross, net, leverage, concentration
 */
export function judgeLimits(engine: Engine): number {
  const { intent, plan, state } = engine;
  const first = state.accounts.columns.limited[intent.account]!;
  if (first === NONE) return OK;
  const { instrument, taker } = intent;
  if (canOnlyReduce(state, instrument, taker.side, flagsOf(intent.packed))) return OK;
  readOrder(state, instrument, intent.lots, intent.op >= 0);
  const row = findPosition(state, intent.account, instrument);
  const p = state.positions.columns;
  const lots = row === NONE ? 0 : p.lots[row]!;
  const bids = row === NONE ? 0 : p.bidLots[row]!;
  const asks = row === NONE ? 0 : p.askLots[row]!;
  const isBuy = taker.side === 0;
  const lotsAfter = lots + (isBuy ? plan.filledLots : 0 - plan.filledLots);
  const opened = intent.restLots - intent.replacedLots;
  const isSpot = state.instruments.columns.kind[instrument] === InstrumentKind.spot;
  order.buysCoins = isSpot && plan.filledLots + opened > 0;
  const bidsAfter = isBuy ? bids + opened : bids;
  const asksAfter = isBuy ? asks : asks + opened;
  const gross = grossLots(lotsAfter, bidsAfter, asksAfter) - grossLots(lots, bids, asks);
  readChange(state, gross, lotsAfter + bidsAfter - lots - bids, asksAfter - lotsAfter - asks + lots);
  return judgeUpwards(engine, first, true);
}

/** What a limited node could come to hold of one underlying. */
export interface NodeReach {
  at: number;
  gross: number;
  up: number;
  down: number;
}

/** The same of all limited nodes above an account, the nearest first. */
export function reachesAbove(state: State, account: number, underlying: number): NodeReach[] {
  const { gross, up, down } = state.reaches.columns;
  const found: NodeReach[] = [];
  let at = state.accounts.columns.limited[account]!;
  for (; at !== NONE; at = state.limitedNodes.columns.above[at]!) {
    const cell = reachRow(state, at, underlying);
    found.push({ at, gross: gross[cell]!, up: up[cell]!, down: down[cell]! });
  }
  return found;
}

/**
 * Judges what an account is about to receive without an order, once it has left where it was. Hard limits alone:
 * whoever has to agree for a soft one has been asked by then. A node above both sides is judged by what it grows.
 *
 * @param lots signed
 * @param before what the nodes above the account could come to hold before anything left
 * @returns OK or the codes of `judgeLimits`, without those of one order
 */
export function judgeReceived(
  { state }: Engine,
  account: number,
  instrument: number,
  lots: number,
  before: readonly NodeReach[],
): number {
  readOrder(state, instrument, 0, false);
  const row = findPosition(state, account, instrument);
  const p = state.positions.columns;
  const [held, bids, asks] = row === NONE ? [0, 0, 0] : [p.lots[row]!, p.bidLots[row]!, p.askLots[row]!];
  readChange(state, grossLots(held + lots, bids, asks) - grossLots(held, bids, asks), lots, 0 - lots);
  let code: number = OK;
  for (const reachBefore of before) {
    if (code === OK) code = judgeReceiver(state, reachBefore);
  }
  [given.gross, given.up, given.down] = [0, 0, 0];
  return code;
}

function judgeReceiver(state: State, { at, ...before }: NodeReach): number {
  const { gross, up, down } = state.reaches.columns;
  const cell = reachRow(state, at, order.underlying);
  given.gross = before.gross - gross[cell]!;
  given.up = before.up - up[cell]!;
  given.down = before.down - down[cell]!;
  readReach(state, at);
  return (order.gross > given.gross ? judgeTerms(state, at, HARD) : OK) || judgeReach(state, at, HARD);
}

/** What fills and open orders change of what could come to be held; a put falls when its coin rises. */
function readChange(state: State, grossChange: number, upLots: number, downLots: number): void {
  const { microCoinsPerLot, optionType } = state.instruments.columns;
  const micro = microCoinsPerLot[order.instrument]!;
  const isPut = optionType[order.instrument] === 1;
  order.gross = grossChange * micro;
  order.up = (isPut ? downLots : upLots) * micro;
  order.down = (isPut ? upLots : downLots) * micro;
}

/**
 * Judges an order that will wait for its trigger by what can be said of it now: what it trades, its value, and how
 * many there are a minute. The rest is judged when it fires. An approval holds for this moment, not for that one.
 */
export function judgeParkedLimits(
  engine: Engine,
  account: number,
  instrument: number,
  packed: number,
  lots: number,
): number {
  const { state } = engine;
  const first = state.accounts.columns.limited[account]!;
  if (first === NONE || canOnlyReduce(state, instrument, sideOf(packed), flagsOf(packed))) return OK;
  readOrder(state, instrument, lots, true);
  return judgeUpwards(engine, first, false);
}

/** Counts an order that was accepted, or a change of one, in its minute. */
export function countLimitedOrder({ state, undo }: Engine, account: number): void {
  const { above, minute, orderCount } = state.limitedNodes.columns;
  const now = Math.floor(state.globals.columns.timeMs[0]! / MINUTE_MS);
  for (let at = state.accounts.columns.limited[account]!; at !== NONE; at = above[at]!) {
    putF(undo, orderCount, at, minute[at] === now ? orderCount[at]! + 1 : 1);
    putF(undo, minute, at, now);
  }
}

function readOrder(state: State, instrument: number, lots: number, isAsked: boolean): void {
  const { index, underlying } = state.instruments.columns;
  order.instrument = instrument;
  order.underlying = underlying[instrument]!;
  order.underlyingClass = state.underlyings.columns.class[order.underlying]!;
  order.usd = lots * index[instrument]!;
  order.isAsked = isAsked;
  order.buysCoins = false;
}

function judgeUpwards({ intent, state }: Engine, first: number, hasPlan: boolean): number {
  let soft: number = OK;
  for (let at = first; at !== NONE; at = state.limitedNodes.columns.above[at]!) {
    if (hasPlan) readReach(state, at);
    const hard = judgeTerms(state, at, HARD) || (hasPlan ? judgeReach(state, at, HARD) : OK);
    if (hard !== OK) return hard;
    if (soft === OK && !intent.isApproved)
      soft = judgeTerms(state, at, SOFT) || (hasPlan ? judgeReach(state, at, SOFT) : OK);
  }
  return soft;
}

/** What can be said of an order without a look at what is held. */
function judgeTerms(state: State, at: number, severity: Severity): number {
  const limit = state.nodeLimits.columns;
  const row = at * 2 + severity;
  const kind = state.instruments.columns.kind[order.instrument]!;
  const { isAllowed } = state.assetLimits.columns;
  const isOpen = isAllowed[row * state.limits.underlyings + order.underlying] === 1;
  if (!isOpen || (limit.kinds[row]! & (1 << kind)) === 0) return limitCodes[severity].instrument;
  if (order.usd > limit.order[row]!) return limitCodes[severity].orderValue;
  if (!order.isAsked || limit.ordersPerMinute[row] === Number.POSITIVE_INFINITY) return OK;
  const { minute, orderCount } = state.limitedNodes.columns;
  const now = Math.floor(state.globals.columns.timeMs[0]! / MINUTE_MS);
  const count = minute[at] === now ? orderCount[at]! : 0;
  return count + 1 > limit.ordersPerMinute[row]! ? limitCodes[severity].orderRate : OK;
}

/** Values what the node's accounts could come to hold, before and after the order. */
function readReach(state: State, at: number): void {
  const { gross, up, down } = state.reaches.columns;
  const { underlying, underlyingClass } = order;
  const cell = reachRow(state, at, underlying);
  reach.assetGross = microCoinsUsd(state, underlying, gross[cell]! + order.gross);
  const upBefore = up[cell]! + given.up;
  const downBefore = down[cell]! + given.down;
  reach.assetNetBefore = microCoinsUsd(state, underlying, Math.max(upBefore, downBefore));
  reach.assetNet = microCoinsUsd(state, underlying, Math.max(up[cell]! + order.up, down[cell]! + order.down));
  if (state.limitedNodes.columns.hasSums[at] === 0) return;
  const { class: classOf } = state.underlyings.columns;
  let allGross = 0;
  let allUp = 0;
  let allDown = 0;
  let classGross = 0;
  let classUp = 0;
  let classDown = 0;
  for (let of = 0; of < highWater(state.underlyings); of++) {
    const each = reachRow(state, at, of);
    // Without gross nothing is held and nothing ordered, up or down: most underlyings of most nodes.
    if (gross[each] === 0) continue;
    const usdPerMicroCoin = microCoinsUsd(state, of, 1);
    const grossUsd = gross[each]! * usdPerMicroCoin;
    const upUsd = up[each]! * usdPerMicroCoin;
    const downUsd = down[each]! * usdPerMicroCoin;
    allGross += grossUsd;
    allUp += upUsd;
    allDown += downUsd;
    if (classOf[of] !== underlyingClass) continue;
    classGross += grossUsd;
    classUp += upUsd;
    classDown += downUsd;
  }
  const addedGross = microCoinsUsd(state, underlying, order.gross);
  const addedUp = microCoinsUsd(state, underlying, order.up);
  const addedDown = microCoinsUsd(state, underlying, order.down);
  reach.gross = allGross + addedGross;
  const givenUp = microCoinsUsd(state, underlying, given.up);
  const givenDown = microCoinsUsd(state, underlying, given.down);
  reach.netBefore = Math.max(allUp + givenUp, allDown + givenDown);
  reach.net = Math.max(allUp + addedUp, allDown + addedDown);
  reach.classGross = classGross + addedGross;
  reach.classNetBefore = Math.max(classUp + givenUp, classDown + givenDown);
  reach.classNet = Math.max(classUp + addedUp, classDown + addedDown);
}

function judgeReach(state: State, at: number, severity: Severity): number {
  const row = at * 2 + severity;
  const code = limitCodes[severity];
  const isRaised = order.gross > given.gross;
  const isOver = state.limitedNodes.columns.dayLossUsd[at]! > state.nodeLimits.columns.dayLoss[row]!;
  if (isOver && (isRaised || order.buysCoins)) return code.dayLoss;
  const asset = state.assetLimits.columns;
  const assetRow = row * state.limits.underlyings + order.underlying;
  if (isRaised && reach.assetGross > asset.gross[assetRow]!) return code.assetGross;
  if (isBeyond(reach.assetNet, reach.assetNetBefore, asset.net[assetRow]!)) return code.assetNet;
  if (state.limitedNodes.columns.hasSums[at] === 0) return OK;
  const limit = state.nodeLimits.columns;
  const ofClass = state.classLimits.columns;
  const classRow = row * UNDERLYING_CLASSES + order.underlyingClass;
  if (isRaised && reach.classGross > ofClass.gross[classRow]!) return code.classGross;
  if (isBeyond(reach.classNet, reach.classNetBefore, ofClass.net[classRow]!)) return code.classNet;
  if (isRaised && reach.gross > limit.gross[row]!) return code.gross;
  if (isBeyond(reach.net, reach.netBefore, limit.net[row]!)) return code.net;
  if (isRaised && isLevered(state, at, row)) return code.leverage;
  const isJudged = isRaised && reach.gross > limit.concentrationFloor[row]!;
  const isTooMuch = reach.assetGross * PPM_SCALE > limit.concentrationPpm[row]! * reach.gross;
  return isJudged && isTooMuch ? code.concentration : OK;
}

/** Whether gross is too large a multiple of what the node was worth when it was looked at last. */
function isLevered(state: State, at: number, row: number): boolean {
  const most = state.nodeLimits.columns.leveragePpm[row]!;
  if (most === Number.POSITIVE_INFINITY) return false;
  const worth = Math.max(0, state.limitedNodes.columns.worthUsd[at]!);
  return reach.gross * PPM_SCALE > most * worth;
}

function isBeyond(after: number, before: number, limit: number): boolean {
  return after > limit && after > before;
}
