import type { PortPosition } from '../../protocol/commands/actions.ts';
import { InstrumentKind, InstrumentStage, LedgerReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { dropIfEmpty, findPosition, positionLots } from '../accounts/positions.ts';
import { judgePot } from '../accounts/pots.ts';
import { isIntegerIn } from '../admin/names.ts';
import { allOrNone } from '../allOrNone.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { judgeStanding } from '../firms/standing.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { post } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { judgeReceived, reachesAbove } from '../limits/judgeLimits.ts';
import { hasRoom, highWater, NONE } from '../memory/table.ts';
import { refreshVector } from '../options/reprice.ts';
import { isIsolated } from '../oracle/isolated.ts';
import { isMarkStale, judgeBand } from '../orders/judgeTerms.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { type Carried, putIn, takeOut } from './handOver.ts';
import { judgeGrowth, reachOf } from './judgeGrowth.ts';
import { judgeSides } from './judgeSides.ts';

/**
 * Moves a position or a part of it to another account without a trade: no print, no fee, no volume. It goes with its
 * cost, and who receives it pays what it has gained since at the price (or is paid what it has lost), so neither
 * side's equity changes but by what the price differs from the mark. Both must then cover initial margin with their
 * open orders, and stay within the caps of orders. A reduce-only order that is left without a position to reduce
 * ends when it would trade, as after any fill.
 *
 * Refusals: account.unknown, move.sameAccount, move.foreignAccount, node.archived, instrument.unknown,
 * instrument.expired,
 * pot.otherUnderlying, order.sizeZero, position.insufficient, order.priceInvalid, oracle.stale, order.priceOutOfBand,
 * of the taker node.frozen, node.reduceOnly, market.isolated, engine.full, hard limits of its places as for an order
 * without those of one order; then by what has become of the giver, and of the taker: cap.ownerShare, cap.leverage,
 * oracle.stale, margin.bookTooLarge, margin.debtLimit, margin.initialInsufficient.
 *
 * @see engine/decisions/036-positions-move-with-their-cost.md
 */
export function portPosition(engine: Engine, firm: number, action: PortPosition): number {
  const code = judgePort(engine.state, firm, action);
  if (code !== OK) return code;
  return allOrNone(engine, () =>
    performPort(engine, action, (account) => engine.risk.judgeStanding(account)),
  );
}

/** What must be true of a port itself: its refusals up to engine.full. */
export function judgePort(
  state: State,
  firm: number,
  { from, to, instrument, lots, priceTicks }: PortPosition,
): number {
  const code = judgeSides(state, firm, from, to) || judgeInstrument(state, to, instrument);
  if (code !== OK) return code;
  if (!isIntegerIn(lots, 1, Number.MAX_SAFE_INTEGER)) return refusal['order.sizeZero'];
  const held = positionLots(state, from, instrument);
  if (lots > Math.abs(held)) return refusal['position.insufficient'];
  const i = state.instruments.columns;
  if (!isIntegerIn(priceTicks, 0, i.priceTicksMax[instrument]!)) return refusal['order.priceInvalid'];
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const bandCode = priceTicks === 0 ? OK : judgeBand(state, instrument, priceTicks);
  if (bandCode !== OK) return bandCode;
  const moved = held > 0 ? lots : -lots;
  const isReduced = isReducedBy(state, to, instrument, moved);
  const standingCode = judgeStanding(state, to, isReduced);
  if (standingCode !== OK) return standingCode;
  if (isIsolated(state, i.underlying[instrument]!) && !isReduced) return refusal['market.isolated'];
  return hasRoom(state.positions, 1) ? OK : refusal['engine.full'];
}

function judgeInstrument(state: State, to: number, instrument: number): number {
  if (!isIntegerIn(instrument, 0, highWater(state.instruments) - 1)) return refusal['instrument.unknown'];
  const isTrading = state.instruments.columns.stage[instrument] === InstrumentStage.trading;
  if (!isTrading || hasExpired(state, instrument)) return refusal['instrument.expired'];
  return judgePot(state, to, instrument);
}

function isReducedBy(state: State, account: number, instrument: number, lots: number): boolean {
  const held = positionLots(state, account, instrument);
  return held > 0 !== lots > 0 && Math.abs(lots) <= Math.abs(held);
}

/**
 * Does what was judged before, inside an attempt that takes it back when it is refused for what it has led to.
 *
 * @param judgeSide what margin says of the giver, then of the taker
 * @returns OK, or the refusals that follow engine.full
 */
export function performPort(
  engine: Engine,
  { from, to, instrument, lots, priceTicks }: PortPosition,
  judgeSide: (account: number) => number,
): number {
  const { state } = engine;
  const { kind, mark, usdPerTickLot, underlying } = state.instruments.columns;
  const of = underlying[instrument]!;
  const before = [from, to].map((account) => ({ account, reach: reachOf(state, account, of) }));
  if (kind[instrument] === InstrumentKind.option) refreshVector(engine, instrument);
  const usdPerLot = priceTicks === 0 ? mark[instrument]! : priceTicks * usdPerTickLot[instrument]!;
  const row = findPosition(state, from, instrument);
  const reaches = reachesAbove(state, to, of);
  const carried = takeOut(engine, row, state.positions.columns.lots[row]! > 0 ? lots : -lots);
  const limitCode = judgeReceived(engine, to, instrument, carried.lots, reaches);
  if (limitCode !== OK) return limitCode;
  const realizedPnl = putIn(engine, to, carried);
  // Not −0, which a worthless short option would bring.
  const gain = carried.lots * usdPerLot - carried.entryValue + 0;
  if (gain > 0) post(engine, to, from, USDC, gain, LedgerReason.portedPnl, instrument);
  else if (gain < 0) post(engine, from, to, USDC, -gain, LedgerReason.portedPnl, instrument);
  const { lots: left, entryValue } = carried;
  const went = { instrument, lots: 0 - left, entryValue: 0 - entryValue };
  endSide(engine, went, { account: from, otherAccount: to, usdPerLot, paid: gain, realizedPnl: 0 });
  endSide(engine, carried, { account: to, otherAccount: from, usdPerLot, paid: 0 - gain, realizedPnl });
  for (const { account, reach } of before) {
    const code = judgeGrowth(engine, account, of, reach) || judgeSide(account);
    if (code !== OK) return code;
  }
  return OK;
}

/** What one side of a port went through, besides what came or went. */
interface Side {
  account: number;
  otherAccount: number;
  usdPerLot: number;
  paid: number;
  realizedPnl: number;
}

/** Announces one side, and gives its row back if nothing is left there. */
function endSide({ state, undo, out }: Engine, { instrument, lots, entryValue }: Carried, side: Side): void {
  const c = state.positions.columns;
  const row = findPosition(state, side.account, instrument);
  announce(
    out,
    TAG.PositionPorted,
    side.account,
    side.otherAccount,
    instrument,
    lots,
    side.usdPerLot,
    entryValue,
    side.paid,
    side.realizedPnl,
    c.lots[row]!,
    c.entryValue[row]!,
  );
  if (row !== NONE) dropIfEmpty(state, undo, row);
}
