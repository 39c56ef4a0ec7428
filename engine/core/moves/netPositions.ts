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
import { accountsWithin } from '../firms/within.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { highWater } from '../memory/table.ts';
import { isIsolated } from '../oracle/isolated.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { Crossing, type Cut, type Part, placesOf } from './crossing.ts';
import { bookPnl, setPosition } from './handOver.ts';
import { isSegregated } from './judgeSides.ts';
import { nettingShares } from './nettingShares.ts';

/** Times a crossing is planned anew: in the first half limits cut what is given up, then who passes one is left out. */
const ROUNDS_MAX = 12;

/**
 * Crosses opposite positions of the subaccounts below a node at the mark: no print, no fee, no volume. Each books the
 * profit of what it gives up, so no equity changes. A subaccount that would break its margin rule, because what it
 * gives up was its hedge, is left out and the rest is crossed; of a place that would pass a hard limit so much less is
 * crossed. Events say of whom what was left out and why. Pots and segregated accounts stand apart.
 *
 * Refusals: node.unknown, instrument.unknown, instrument.expired, oracle.stale, market.isolated,
 * netting.nothingToCross, account.segregated where that is why; when only those are left that must stay as they are, why the last of them must:
 * margin.initialInsufficient, limit.assetNet, limit.classNet, limit.net, limit.concentration.
 */
export function netPositions(engine: Engine, firm: number, { node, instrument }: NetPositions): number {
  return judgeNode(engine.state, firm, node) || crossBelow(engine, node, instrument);
}

/** The same below a node that is there. */
export function crossBelow(engine: Engine, node: number, instrument: number): number {
  const { state } = engine;
  const code = judgeMarket(state, instrument);
  if (code !== OK) return code;
  const offers = accountsWithin(state, node)
    .map((account) => ({
      account,
      lots: standsApart(state, account) ? 0 : positionLots(state, account, instrument),
    }))
    .filter(({ lots }) => lots !== 0);
  const wanted = partsOf(offers);
  const cuts = new Map<number, Cut>();
  let last = whyNothing(state, node, instrument);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const parts = partsOf(offers);
    if (parts.length === 0) return last;
    const found = new Map<number, Cut>();
    const isCutting = round * 2 < ROUNDS_MAX;
    last = allOrNone(engine, () =>
      cross(engine, { node, instrument }, parts, new Crossing(isCutting, found)),
    );
    if (last === OK) {
      announceLeft(engine, instrument, wanted, parts, cuts);
      return OK;
    }
    for (const [account, cut] of found) cuts.set(account, cut);
    for (const offer of offers) {
      const kept = found.get(offer.account)?.lots;
      if (kept !== undefined) offer.lots = Math.sign(offer.lots) * kept;
    }
  }
  return last;
}

/** Pots cross with nobody, and neither do segregated accounts. */
function standsApart(state: State, account: number): boolean {
  return isPot(state, account) || isSegregated(state, account);
}

/** What is said where nothing is crossed: that there is nothing, or that who holds it is kept apart. */
function whyNothing(state: State, node: number, instrument: number): number {
  const isApart = (account: number) =>
    !isPot(state, account) && isSegregated(state, account) && positionLots(state, account, instrument) !== 0;
  const isSome = accountsWithin(state, node).some(isApart);
  return isSome ? refusal['account.segregated'] : refusal['netting.nothingToCross'];
}

/** What each account gives up of what it offers; who gives up nothing is not there. */
function partsOf(offers: readonly { account: number; lots: number }[]): Part[] {
  const shares = nettingShares(offers.map(({ lots }) => lots));
  return offers.map(({ account }, at) => ({ account, lots: shares[at]! })).filter(({ lots }) => lots > 0);
}

function announceLeft(
  { out }: Engine,
  instrument: number,
  wanted: readonly Part[],
  parts: readonly Part[],
  cuts: ReadonlyMap<number, Cut>,
): void {
  for (const { account, lots } of wanted) {
    const cut = cuts.get(account);
    const left = lots - (parts.find((part) => part.account === account)?.lots ?? 0);
    if (cut !== undefined && left > 0) announce(out, TAG.NettingLeft, account, instrument, left, cut.code);
  }
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

function cross(
  engine: Engine,
  { node, instrument }: { node: number; instrument: number },
  parts: readonly Part[],
  crossing: Crossing,
): number {
  const { state, risk, out } = engine;
  const usdPerLot = state.instruments.columns.mark[instrument]!;
  const freeBefore = parts.map(({ account }) => risk.freeUsd(account));
  const places = placesOf(state, instrument, parts);
  let sum = 0;
  for (const { account, lots } of parts) sum += giveUp(engine, account, instrument, lots, usdPerLot);
  for (const [at, { account }] of parts.entries()) {
    const code = risk.judgeReduced(account, freeBefore[at]!);
    if (code !== OK) crossing.leaveOut(account, refusal['margin.initialInsufficient']);
  }
  for (const place of places) crossing.judge(state, instrument, place);
  if (crossing.code !== OK) return crossing.code;
  announce(out, TAG.NettingDone, node, instrument, sum / 2, usdPerLot, parts.length);
  return OK;
}

function giveUp(
  engine: Engine,
  account: number,
  instrument: number,
  lots: number,
  usdPerLot: number,
): number {
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
  return lots;
}
