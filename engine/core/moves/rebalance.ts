import { OK } from '../../protocol/errors.ts';
import type { LimitUseView } from '../../protocol/views/firmRisk.ts';
import type {
  RebalanceNeedView,
  RebalanceTarget,
  RebalanceTerms,
  RebalanceView,
} from '../../protocol/views/rebalance.ts';
import { USD_SCALE } from '../../units/money.ts';
import { isPot } from '../accounts/pots.ts';
import { tryOut } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { isArchived } from '../firms/standing.ts';
import { besideEachOther, nodesAbove, usesAt } from '../limits/usesBeforeAfter.ts';
import { liquidationDistance } from '../margin/distance.ts';
import { requirementOf } from '../margin/requirement.ts';
import { isSegregated, judgeOwnAccount } from './judgeSides.ts';
import { performTransfer } from './transfer.ts';
import { planTransfers, type Side } from './transferPlan.ts';

/** As many as a change set has parts. */
const TRANSFERS_MAX = 16;
/** Whose spare is measured: each costs some ten distances, and previews wait behind them. */
const GIVERS_MAX = 8;
/** A billion dollars: no account is brought anywhere by more. */
const NEED_USD_MAX = 1_000_000_000 * USD_SCALE;
/** Amounts are found to a thousandth of themselves, and are whole dollars. */
const PRECISION = 1_000;

/**
 * Which transfers of USDC bring accounts of a firm to a target. What the first ones need is met first; who gives are the
 * accounts with most to spare, and each keeps the target itself, its initial margin and its limits. Pots and accounts
 * that are archived or kept apart neither give nor get.
 *
 * @param wanted accounts to bring there, the most urgent first
 * @param others accounts that may give, of those the asker may see
 * @returns amounts in whole USD: what is needed rounded up, what is given never more than can be spared; nothing is changed
 */
export function rebalanceOf(
  engine: Engine,
  firm: number,
  { wanted, others, target }: RebalanceTerms,
): RebalanceView {
  const { state } = engine;
  const [seq, timeMs] = [state.globals.columns.seq[0]!, state.globals.columns.timeMs[0]!];
  const mayMove = (account: number) => isFree(engine, firm, account);
  const short = wanted
    .filter(mayMove)
    .map((account) => ({ account, neededUsd: neededUsd(engine, account, target) }))
    .filter((each) => each.neededUsd !== 0);
  const needs = short.map(({ account, neededUsd: usd }): Side => ({ account, usd: usd ?? 0 }));
  const givers = others.filter((account) => mayMove(account) && !wanted.includes(account));
  const spares = needs.length === 0 ? [] : sparesOf(engine, givers, needs[0]!.account, target);
  const planned = planTransfers(needs, spares, TRANSFERS_MAX);
  const transfers = planned.map(({ from, to, usd }) => ({ from, to, asset: 'USDC', amount: usd }) as const);
  const given = (account: number) =>
    transfers.reduce((sum, { to, amount }) => (to === account ? sum + amount : sum), 0);
  return {
    seq,
    timeMs,
    needs: short.map((each): RebalanceNeedView => ({ ...each, givenUsd: given(each.account) })),
    transfers,
  };
}

function isFree({ state }: Engine, firm: number, account: number): boolean {
  if (judgeOwnAccount(state, firm, account) !== OK || isPot(state, account)) return false;
  return !isArchived(state, account) && !isSegregated(state, account);
}

/**
 * Whether an account would stand at the target with so much more USDC, or less.
 *
 * @param movedUsd micro-USDC, negative where it gives
 */
export function standsAt(
  engine: Engine,
  account: number,
  movedUsd: number,
  target: RebalanceTarget,
): boolean {
  const { risk } = engine;
  const parameters = risk.parameters();
  const portfolio = risk.portfolioOf(account);
  portfolio.usdc += movedUsd;
  if (target.by === 'ratio') {
    const { ratioPpm } = requirementOf(parameters, portfolio);
    return ratioPpm >= 0 && ratioPpm <= target.ratioPpm;
  }
  const { state, sigmas } = liquidationDistance(parameters, portfolio);
  return state === 'noRisk' || state === 'beyond' || (state === 'measured' && sigmas >= target.sigmas);
}

/** The least that brings an account to the target, rounded up; 0 where it stands there, null where nothing does. */
function neededUsd(engine: Engine, account: number, target: RebalanceTarget): number | null {
  const isEnough = (usd: number) => standsAt(engine, account, usd, target);
  if (isEnough(0)) return 0;
  let [tooLittle, enough] = [0, 1_000 * USD_SCALE];
  while (!isEnough(enough)) {
    if (enough >= NEED_USD_MAX) return null;
    [tooLittle, enough] = [enough, enough * 4];
  }
  while (enough - tooLittle > stepOf(enough)) {
    const middle = wholeUsd((tooLittle + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}

/** What the accounts with most free collateral can give, the most first; who can give nothing is left out. */
function sparesOf(engine: Engine, givers: readonly number[], to: number, target: RebalanceTarget): Side[] {
  return givers
    .map((account) => ({ account, usd: wholeUsd(engine.risk.movableUsd(account)) }))
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd || a.account - b.account)
    .slice(0, GIVERS_MAX)
    .map(({ account, usd }) => ({ account, usd: spareUsd(engine, account, usd, to, target) }))
    .filter(({ usd }) => usd > 0);
}

/** The most an account can give and still stand at the target and within its limits, rounded down. */
function spareUsd(
  engine: Engine,
  from: number,
  mostUsd: number,
  to: number,
  target: RebalanceTarget,
): number {
  const isKept = (usd: number) =>
    standsAt(engine, from, -usd, target) && (usd === 0 || keepsLimits(engine, from, to, usd));
  if (!isKept(0)) return 0;
  if (isKept(mostUsd)) return mostUsd;
  let [kept, tooMuch] = [0, mostUsd];
  while (tooMuch - kept > stepOf(tooMuch)) {
    const middle = wholeUsd((kept + tooMuch) / 2);
    if (isKept(middle)) kept = middle;
    else tooMuch = middle;
  }
  return kept;
}

/** Whether no place of the giver is taken further past a limit: with less equity its leverage is higher. */
function keepsLimits(engine: Engine, from: number, to: number, amount: number): boolean {
  const { state } = engine;
  const places = nodesAbove(state, [state.accounts.columns.node[from]!]);
  const before = usesAt(state, places);
  const after = tryOut(engine, () => {
    performTransfer(engine, { from, to, asset: 'USDC', amount });
    return usesAt(state, places);
  });
  // Leverage that is past its limit is not added to, however little that shows; what a transfer leaves alone may be.
  return besideEachOther(before, after).every(
    (use) => use.usedAfter <= limitOf(use) || (use.kind !== 'leverage' && use.usedAfter <= use.used),
  );
}

/** The tighter of what is set. */
function limitOf({ soft, hard }: LimitUseView): number {
  return Math.min(soft ?? Number.POSITIVE_INFINITY, hard ?? Number.POSITIVE_INFINITY);
}

function stepOf(usd: number): number {
  return Math.max(USD_SCALE, wholeUsd(usd / PRECISION));
}

function wholeUsd(usd: number): number {
  return Math.floor(usd / USD_SCALE) * USD_SCALE;
}
