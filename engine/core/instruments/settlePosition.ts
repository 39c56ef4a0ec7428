import { LedgerReason } from '../../protocol/enums.ts';
import { fillEffect, moveExposure } from '../accounts/fill.ts';
import { dropIfEmpty } from '../accounts/positions.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';

/**
 * Closes a position at the settlement price, as a trade at that price would, without a fee. Its orders
 * are gone by now, so the row is given back.
 */
export function settlePosition(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const c = state.positions.columns;
  const i = state.instruments.columns;
  const account = c.account[row]!;
  const instrument = c.instrument[row]!;
  const lots = c.lots[row]!;
  const settlement = i.settlement[instrument]!;
  const { realizedPnl } = fillEffect(lots, c.entryValue[row]!, -lots, settlement);
  putF(undo, c.lots, row, 0);
  putF(undo, c.entryValue, row, 0);
  moveExposure(engine, row, lots, 0);
  putF(undo, i.settledLots, instrument, i.settledLots[instrument]! + lots);
  const { settlement: reason } = LedgerReason;
  if (realizedPnl > 0) post(engine, CLEARING, account, USDC, realizedPnl, reason, instrument);
  else if (realizedPnl < 0) post(engine, account, CLEARING, USDC, -realizedPnl, reason, instrument);
  announce(engine.out, TAG.PositionSettled, account, instrument, lots, settlement, realizedPnl);
  dropIfEmpty(state, undo, row);
}
