import type { NetPositions } from '../../protocol/commands/actions.ts';
import { InstrumentStage } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { fillEffect, settleSamples } from '../accounts/fill.ts';
import { dropIfEmpty, findPosition, positionLots } from '../accounts/positions.ts';
import { isPot } from '../accounts/pots.ts';
import { isIntegerIn } from '../admin/names.ts';
import { allOrNone } from '../allOrNone.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { judgeNode } from '../firms/judgeNode.ts';
import { accountsWithin } from '../firms/nodes.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { highWater } from '../memory/table.ts';
import { isIsolated } from '../oracle/isolation.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { bookPnl, setPosition } from './handOver.ts';
import { nettingShares } from './nettingShares.ts';

/** Times a crossing is planned anew without the accounts it would have left short of margin. */
const ROUNDS_MAX = 8;

/**
 * Crosses opposite positions of the subaccounts below a node at the mark: no print, no fee, no volume. Each books the
 * profit of what it gives up, so no equity changes. A subaccount that would break its margin rule, because what it
 * gives up was its hedge, is left out and the rest is crossed. Pots stand apart.
 *
 * Refusals: node.unknown, instrument.unknown, instrument.expired, oracle.stale, market.isolated,
 * netting.nothingToCross, margin.initialInsufficient when only those are left that must stay as they are.
 */
export function netPositions(engine: Engine, firm: number, { node, instrument }: NetPositions): number {
  return judgeNode(engine.state, firm, node) || crossBelow(engine, node, instrument);
}

/** The same below a node that is there. */
export function crossBelow(engine: Engine, node: number, instrument: number): number {
  const { state } = engine;
  const code = judgeMarket(state, instrument);
  if (code !== OK) return code;
  let accounts = accountsWithin(state, node).filter((account) => !isPot(state, account));
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const shares = nettingShares(accounts.map((account) => positionLots(state, account, instrument)));
    const parts = accounts
      .map((account, at) => ({ account, lots: shares[at]! }))
      .filter(({ lots }) => lots > 0);
    if (parts.length === 0)
      return refusal[round === 0 ? 'netting.nothingToCross' : 'margin.initialInsufficient'];
    const short = new Set<number>();
    const done = allOrNone(engine, () => cross(engine, node, instrument, parts, short));
    if (done === OK) return OK;
    accounts = accounts.filter((account) => !short.has(account));
  }
  return refusal['margin.initialInsufficient'];
}

/** In a market that stands alone nobody agrees on the mark at which profits would be booked. */
function judgeMarket(state: State, instrument: number): number {
  if (!isIntegerIn(instrument, 0, highWater(state.instruments) - 1)) return refusal['instrument.unknown'];
  const { stage, underlying } = state.instruments.columns;
  if (stage[instrument] !== InstrumentStage.trading || hasExpired(state, instrument))
    return refusal['instrument.expired'];
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  return isIsolated(state, underlying[instrument]!) ? refusal['market.isolated'] : OK;
}

interface Part {
  account: number;
  /** Given up, ≥ 1. */
  lots: number;
}

/** @param short filled with the accounts that would break their margin rule; then all of it is refused */
function cross(
  engine: Engine,
  node: number,
  instrument: number,
  parts: readonly Part[],
  short: Set<number>,
): number {
  const { state, risk, out } = engine;
  const usdPerLot = state.instruments.columns.mark[instrument]!;
  const freeBefore = parts.map(({ account }) => risk.freeUsd(account));
  let sum = 0;
  for (const { account, lots } of parts) {
    giveUp(engine, account, instrument, lots, usdPerLot);
    sum += lots;
  }
  for (const [at, { account }] of parts.entries()) {
    if (risk.judgeReduced(account, freeBefore[at]!) !== OK) short.add(account);
  }
  if (short.size > 0) return refusal['margin.initialInsufficient'];
  announce(out, TAG.NettingDone, node, instrument, sum / 2, usdPerLot, parts.length);
  return OK;
}

function giveUp(engine: Engine, account: number, instrument: number, lots: number, usdPerLot: number): void {
  const { state, undo, out } = engine;
  const c = state.positions.columns;
  const row = findPosition(state, account, instrument);
  settleSamples(engine, row, instrument);
  const closed = c.lots[row]! > 0 ? -lots : lots;
  const {
    realizedPnl,
    entryValue,
    lots: after,
  } = fillEffect(c.lots[row]!, c.entryValue[row]!, closed, usdPerLot);
  setPosition(engine, row, after, entryValue + 0);
  bookPnl(engine, account, instrument, realizedPnl);
  announce(
    out,
    TAG.PositionNetted,
    account,
    instrument,
    closed,
    usdPerLot,
    realizedPnl + 0,
    c.lots[row]!,
    c.entryValue[row]!,
  );
  dropIfEmpty(state, undo, row);
}
