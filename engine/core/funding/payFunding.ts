import { LedgerReason } from '../../protocol/enums.ts';
import { HOUR_MS } from '../../units/time.ts';
import { settleSamples } from '../accounts/fill.ts';
import { dropIfEmpty, isLivePosition } from '../accounts/positions.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, DUST, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { fundingPayment } from './fundingPayment.ts';
import { rateOfEightHours } from './fundingRate.ts';

/** Whether the hour an instrument samples has ended. */
export function isFundingDue(engine: Engine, instrument: number): boolean {
  const { fundingHour } = engine.state.instruments.columns;
  return fundingHour[instrument]! < Math.floor(engine.state.globals.columns.timeMs[0]! / HOUR_MS);
}

/**
 * Pays the hour that ended: every position for the samples it was held through, at a seven hundred and
 * twentieth of the hour each. Payments meet in CLEARING; what rounding leaves there goes to DUST, so
 * funding sums to zero to the unit.
 */
export function payFunding(engine: Engine, instrument: number): void {
  const { state, undo, out } = engine;
  const i = state.instruments.columns;
  const rate = rateOfEightHours(i.premiumSum[instrument]!, i.hourSamples[instrument]!);
  const p = state.positions.columns;
  let collected = 0;
  for (let row = 0; row < highWater(state.positions); row++) {
    if (p.instrument[row] !== instrument || !isLivePosition(state, row)) continue;
    settleSamples(engine, row, instrument);
    const held = p.lotSamples[row]!;
    if (held === 0) continue;
    putF(undo, p.lotSamples, row, 0);
    collected -= payPosition(engine, row, instrument, held, rate);
    dropIfEmpty(state, undo, row);
  }
  if (collected > 0) post(engine, CLEARING, DUST, USDC, collected, LedgerReason.fundingDust, instrument);
  announce(
    out,
    TAG.FundingRateSet,
    instrument,
    Math.round(rate / 8),
    meanPremium(engine, instrument),
    i.hourSamples[instrument]!,
  );
  putF(undo, i.premiumSum, instrument, 0);
  putI(undo, i.hourSamples, instrument, 0);
  putF(undo, i.fundingHour, instrument, Math.floor(state.globals.columns.timeMs[0]! / HOUR_MS));
}

/** @returns what the account receives, negative when it pays; rounded down, that is against it */
function payPosition(engine: Engine, row: number, instrument: number, held: number, rate: number): number {
  const { state } = engine;
  const account = state.positions.columns.account[row]!;
  const received = fundingPayment(state, instrument, held, rate);
  const owes = received < 0;
  const paid = Math.abs(received);
  if (paid === 0) return 0;
  if (owes) post(engine, account, CLEARING, USDC, paid, LedgerReason.funding, instrument);
  else post(engine, CLEARING, account, USDC, paid, LedgerReason.funding, instrument);
  announce(engine.out, TAG.FundingPaid, account, instrument, received, held, Math.round(rate / 8));
  return received;
}

function meanPremium(engine: Engine, instrument: number): number {
  const { premiumSum, hourSamples } = engine.state.instruments.columns;
  return hourSamples[instrument] === 0 ? 0 : Math.round(premiumSum[instrument]! / hourSamples[instrument]!);
}
