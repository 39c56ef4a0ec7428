import { OK, refusal } from '../../protocol/errors.ts';
import { findPosition } from '../accounts/positions.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { stakeRow } from './stakes.ts';

/** Share of a market's open interest that one owner may hold, once the market has outgrown its launch floor. */
const OWNER_SHARE = 0.2;
/** USD × 1e8 per coin → micro-USD per 1e-6 coin. */
const E8 = 1e8;

/** Micro-USD of a size in 1e-6 coins, at the index. */
export function stakeUsd(state: State, underlying: number, microCoins: number): number {
  return (microCoins * state.underlyings.columns.indexE8[underlying]!) / E8;
}

/** What a firm may hold of an underlying, micro-USD: the launch floor or a fifth of open interest, times its multiple. */
export function ownerCapUsd(state: State, firm: number, underlying: number): number {
  const { openMicroCoins, ownerFloor } = state.underlyings.columns;
  const share = stakeUsd(state, underlying, openMicroCoins[underlying]!) * OWNER_SHARE;
  return Math.max(ownerFloor[underlying]!, share) * state.firms.columns.capMultiple[firm]!;
}

/**
 * Judges the intent's plan by how large its owner and its market would become. Sizes are coins at the index, and
 * every instrument on an underlying is one market. What only reduces a position always passes.
 *
 * @returns OK or: cap.ownerShare, cap.marketOpenInterest
 */
export function judgeCaps(engine: Engine): number {
  const { intent, plan, state } = engine;
  const { microCoinsPerLot, underlying: underlyingOf } = state.instruments.columns;
  const microCoins = microCoinsPerLot[intent.instrument]!;
  if (microCoins === 0 || intent.isReduceOnly) return OK;
  const underlying = underlyingOf[intent.instrument]!;
  const usdPerLot = stakeUsd(state, underlying, microCoins);
  const { firm, side } = intent.taker;
  const { mostLong, mostShort } = state.stakes.columns;
  const stake = (side === 0 ? mostLong : mostShort)[stakeRow(state, firm, underlying)]!;
  const heldUsd = stakeUsd(state, underlying, stake);
  const lots = plan.filledLots + intent.restLots - intent.replacedLots;
  const roomUsd = ownerCapUsd(state, firm, underlying) - heldUsd;
  // Both walks are for orders that are near a cap; nearly all are not.
  if (lots * usdPerLot > roomUsd && isBeyond(lotsAddedToStake(engine, lots), usdPerLot, roomUsd))
    return refusal['cap.ownerShare'];
  if (plan.filledLots === 0) return OK;
  const { openMicroCoins, openInterestCap } = state.underlyings.columns;
  const leftUsd = openInterestCap[underlying]! - stakeUsd(state, underlying, openMicroCoins[underlying]!);
  if (plan.filledLots * usdPerLot > leftUsd && isBeyond(lotsOpened(engine), usdPerLot, leftUsd))
    return refusal['cap.marketOpenInterest'];
  return OK;
}

function isBeyond(addedLots: number, usdPerLot: number, roomUsd: number): boolean {
  return addedLots > 0 && addedLots * usdPerLot > roomUsd;
}

/** By how much the order raises the most its account could hold on its side; ≤ 0 when it only reduces. */
function lotsAddedToStake({ intent, plan, state }: Engine, lots: number): number {
  const row = findPosition(state, intent.account, intent.instrument);
  const p = state.positions.columns;
  const isBuy = intent.taker.side === 0;
  const held = row === NONE ? 0 : isBuy ? p.lots[row]! : -p.lots[row]!;
  if (intent.restLots === 0 && plan.filledLots <= -held) return 0;
  const open = row === NONE ? 0 : (isBuy ? p.bidLots : p.askLots)[row]!;
  return Math.max(0, held + open + lots) - Math.max(0, held + open);
}

/**
 * By how much the plan's trades raise open interest: the longs it makes less the longs it closes, of the taker
 * and of every maker. Walked only near the cap of a market.
 */
function lotsOpened({ intent, plan, state }: Engine): number {
  const sign = intent.taker.side === 0 ? 1 : -1;
  const bought = new Map<number, number>([[intent.account, sign * plan.filledLots]]);
  for (let entry = 0; entry < plan.count; entry++) {
    const maker = state.book.orders.columns.account[plan.makerRow[entry]!]!;
    bought.set(maker, (bought.get(maker) ?? 0) - sign * plan.lots[entry]!);
  }
  let opened = 0;
  for (const [account, lots] of bought) {
    const row = findPosition(state, account, intent.instrument);
    const held = row === NONE ? 0 : state.positions.columns.lots[row]!;
    opened += Math.max(0, held + lots) - Math.max(0, held);
  }
  return opened;
}
