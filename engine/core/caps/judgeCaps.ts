import { OK, refusal } from '../../protocol/errors.ts';
import { findPosition } from '../accounts/positions.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { ownerCapMicroCoins } from './coinCaps.ts';
import { stakeRow } from './stakes.ts';

/**
 * Judges the intent's plan by how large its owner and its market would become. Sizes are coins, caps coins at the
 * index, and every instrument on an underlying is one market. What only reduces a position always passes.
 *
 * @returns OK or: cap.ownerShare, cap.marketOpenInterest
 */
export function judgeCaps(engine: Engine): number {
  const { intent, plan, state } = engine;
  const { microCoinsPerLot, underlying: underlyingOf } = state.instruments.columns;
  const microCoins = microCoinsPerLot[intent.instrument]!;
  if (microCoins === 0 || intent.isReduceOnly) return OK;
  const underlying = underlyingOf[intent.instrument]!;
  const { floorMicroCoins, capMicroCoins, openMicroCoins } = state.underlyings.columns;
  const { mostLong, mostShort } = state.stakes.columns;
  const stake = (intent.taker.side === 0 ? mostLong : mostShort)[
    stakeRow(state, intent.taker.firm, underlying)
  ]!;
  const lots = plan.filledLots + intent.restLots - intent.replacedLots;
  // No owner's cap is under the floor: nearly all orders end here, without a look at positions.
  if (stake + lots * microCoins > floorMicroCoins[underlying]!) {
    const room = ownerCapMicroCoins(state, intent.taker.firm, underlying) - stake;
    if (lots * microCoins > room && isBeyond(lotsAddedToStake(engine, lots), microCoins, room))
      return refusal['cap.ownerShare'];
  }
  const room = capMicroCoins[underlying]! - openMicroCoins[underlying]!;
  if (plan.filledLots * microCoins > room && isBeyond(lotsOpened(engine), microCoins, room))
    return refusal['cap.marketOpenInterest'];
  return OK;
}

function isBeyond(addedLots: number, microCoins: number, room: number): boolean {
  return addedLots > 0 && addedLots * microCoins > room;
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
