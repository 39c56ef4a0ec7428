import { LedgerReason } from '../../protocol/enums.ts';
import { mulDivFloor } from '../../units/round.ts';
import { moveStake } from '../caps/stakes.ts';
import { feeOf } from '../fees/fee.ts';
import { addVolume, makerPpmOf, takerPpmOf } from '../fees/tiers.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, FEES, USDC } from '../ledger/systemAccounts.ts';
import { moveReach } from '../limits/reach.ts';
import { putF } from '../memory/undo.ts';
import { type Out, TAG } from '../out.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';
import { ensurePosition } from './positions.ts';

/** What a fill does to a position: the profit it books and the entry value that stays. */
export interface FillEffect {
  realizedPnl: number;
  entryValue: number;
  lots: number;
}

const effect: FillEffect = { realizedPnl: 0, entryValue: 0, lots: 0 };

/**
 * The effect of `signedLots` at a price on a position, as numbers only.
 *
 * Closing releases entry value in proportion, rounded down in absolute terms for the part that stays
 * open; what is released and what stays always sum to what was there, so no unit is made or lost.
 *
 * @param signedLots positive buys
 * @param usdPerLot trade price in micro-USD per lot
 * @returns shared scratch, valid until the next call
 */
export function fillEffect(
  lots: number,
  entryValue: number,
  signedLots: number,
  usdPerLot: number,
): FillEffect {
  const after = lots + signedLots;
  effect.lots = after;
  if (lots === 0 || lots > 0 === signedLots > 0) {
    effect.entryValue = entryValue + signedLots * usdPerLot;
    effect.realizedPnl = 0;
    return effect;
  }
  const isFlipped = after !== 0 && after > 0 !== lots > 0;
  const closed = isFlipped || after === 0 ? -lots : signedLots;
  const kept = isFlipped || after === 0 ? 0 : keptEntryValue(entryValue, after, lots);
  // Closing `closed` lots brings −closed × price and gives up the entry value that does not stay.
  effect.realizedPnl = -closed * usdPerLot - (entryValue - kept);
  effect.entryValue = isFlipped ? after * usdPerLot : kept;
  return effect;
}

/**
 * The part of an entry value that stays with a part of its position, rounded down in absolute terms.
 *
 * @param lotsAfter what stays, of the same sign as what was there
 */
export function keptEntryValue(entryValue: number, lotsAfter: number, lotsBefore: number): number {
  const size = Math.abs(lotsAfter);
  const of = Math.abs(lotsBefore);
  return entryValue >= 0 ? mulDivFloor(entryValue, size, of) : 0 - mulDivFloor(-entryValue, size, of);
}

/** Adds the samples held since the position was last touched, before its lots change. */
export function settleSamples(writer: StateWriter, row: number, instrument: number): void {
  const { positions, instruments } = writer.state;
  const { lots, lotSamples, sampledAt } = positions.columns;
  const now = instruments.columns.samples[instrument]!;
  const held = now - sampledAt[row]!;
  if (held === 0) return;
  if (lots[row] !== 0) putF(writer.undo, lotSamples, row, lotSamples[row]! + lots[row]! * held);
  putF(writer.undo, sampledAt, row, now);
}

/**
 * Follows a position from one size to another in all that is summed over positions: its firm's exposure and
 * stake, and the open interest of its instrument and underlying.
 *
 * @param position its row
 */
export function moveExposure(writer: StateWriter, position: number, before: number, after: number): void {
  const { state, undo } = writer;
  const p = state.positions.columns;
  const account = p.account[position]!;
  const instrument = p.instrument[position]!;
  const row = exposureRow(state, state.accounts.columns.firm[account]!, instrument);
  const { longLots, shortLots } = state.exposures.columns;
  const longs = Math.max(after, 0) - Math.max(before, 0);
  const shorts = Math.max(-after, 0) - Math.max(-before, 0);
  if (longs !== 0) putF(undo, longLots, row, longLots[row]! + longs);
  if (shorts !== 0) putF(undo, shortLots, row, shortLots[row]! + shorts);
  moveStake(state, undo, position, before, after);
  moveReach(state, undo, position, before, p.bidLots[position]!, p.askLots[position]!, after);
  if (longs === 0) return;
  const { openInterest, microCoinsPerLot, underlying } = state.instruments.columns;
  putF(undo, openInterest, instrument, openInterest[instrument]! + longs);
  const { openMicroCoins } = state.underlyings.columns;
  const of = underlying[instrument]!;
  putF(undo, openMicroCoins, of, openMicroCoins[of]! + longs * microCoinsPerLot[instrument]!);
}

/**
 * Where a firm's exposure to an instrument stands. Firms of one instrument lie side by side: those who trade it now
 * share its cache lines, and what is not listed yet takes no room in hashes and snapshots.
 */
export function exposureRow(state: State, firm: number, instrument: number): number {
  return instrument * state.limits.firms + firm;
}

/** One side of a trade. An engine keeps one and fills it again for each. */
export interface Fill {
  account: number;
  instrument: number;
  orderId: number;
  tradeId: number;
  /** 0 buys, 1 sells. */
  side: number;
  priceTicks: number;
  lots: number;
  /** What stays of the order after this fill. */
  remainingLots: number;
  isMaker: boolean;
}

export function createFill(): Fill {
  return {
    account: 0,
    instrument: 0,
    orderId: 0,
    tradeId: 0,
    side: 0,
    priceTicks: 0,
    lots: 0,
    remainingLots: 0,
    isMaker: false,
  };
}

/** Books one side of a trade: position, realized PnL, fee, volume, and their postings and event. */
export function applyFill(writer: StateWriter, fill: Fill): void {
  const { state, undo, out } = writer;
  const { account, instrument, side, lots } = fill;
  const perLot = fill.priceTicks * state.instruments.columns.usdPerTickLot[instrument]!;
  const row = ensurePosition(state, undo, account, instrument);
  settleSamples(writer, row, instrument);
  const c = state.positions.columns;
  const before = c.lots[row]!;
  const {
    realizedPnl,
    entryValue,
    lots: after,
  } = fillEffect(before, c.entryValue[row]!, side === 0 ? lots : -lots, perLot);
  putF(undo, c.lots, row, after);
  putF(undo, c.entryValue, row, entryValue);
  moveExposure(writer, row, before, after);
  if (realizedPnl > 0)
    post(writer, CLEARING, account, USDC, realizedPnl, LedgerReason.realizedPnl, instrument);
  else if (realizedPnl < 0)
    post(writer, account, CLEARING, USDC, -realizedPnl, LedgerReason.realizedPnl, instrument);
  const fee = chargeFee(writer, fill, lots * perLot);
  announceOrderFilled(out, fill, fee, realizedPnl, after, entryValue);
}

/**
 * @param fee negative for a rebate
 * @param positionLots after the fill, with its entry value; 0 and 0 of a spot pair, which leaves no position
 */
export function announceOrderFilled(
  out: Out,
  fill: Fill,
  fee: number,
  realizedPnl: number,
  positionLots: number,
  entryValue: number,
): void {
  const at = out.open(TAG.OrderFilled, 13);
  const { lanes } = out;
  lanes[at] = fill.account;
  lanes[at + 1] = fill.instrument;
  lanes[at + 2] = fill.orderId;
  lanes[at + 3] = fill.tradeId;
  lanes[at + 4] = fill.side;
  lanes[at + 5] = fill.priceTicks;
  lanes[at + 6] = fill.lots;
  lanes[at + 7] = fill.remainingLots;
  lanes[at + 8] = fill.isMaker ? 1 : 0;
  lanes[at + 9] = fee;
  lanes[at + 10] = realizedPnl;
  lanes[at + 11] = positionLots;
  lanes[at + 12] = entryValue;
}

/**
 * Charges or rebates what a firm's tier says of a fill, and counts its volume.
 *
 * @param notional micro-USD
 * @returns the fee, negative for a rebate
 */
export function chargeFee(
  writer: StateWriter,
  { account, instrument, isMaker }: Fill,
  notional: number,
): number {
  const { state } = writer;
  const firm = state.accounts.columns.firm[account]!;
  const fee = feeOf(notional, isMaker ? makerPpmOf(state, firm) : takerPpmOf(state, firm));
  const reason = isMaker ? LedgerReason.makerFee : LedgerReason.takerFee;
  if (fee > 0) post(writer, account, FEES, USDC, fee, reason, instrument);
  else if (fee < 0) post(writer, FEES, account, USDC, -fee, LedgerReason.makerRebate, instrument);
  addVolume(writer, firm, notional);
  return fee;
}
