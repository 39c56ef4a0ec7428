import { DAY_MS } from '../../units/time.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, liveRows, NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { addDayLoss, addWorth, putDayValue, worthUsd } from './dayValue.ts';
import { HARD, SOFT } from './limitTables.ts';

/** Accounts that one tick passes, and of those the ones it looks at: a thousand are gone round in a second. */
const PASSED_MAX = 4_096;
const LOOKED_MAX = 256;

/**
 * The share of one tick in limits of worth: of a day's loss, and of leverage. The first tick after 00:00 UTC begins the day for all at once; each
 * then looks at what the next accounts under such limits are worth, so that an order has a number to read.
 */
export function watchDayLoss(engine: Engine): void {
  const { daySinceMs, timeMs } = engine.state.globals.columns;
  if (daySinceMs[0] === 0 || dayOf(daySinceMs[0]!) !== dayOf(timeMs[0]!)) beginDay(engine);
  else if (liveRows(engine.state.limitedNodes) > 0) lookRound(engine);
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

function beginDay(engine: Engine): void {
  const { state, undo } = engine;
  const { daySinceMs, timeMs } = state.globals.columns;
  putF(undo, daySinceMs, 0, timeMs[0]!);
  const { dayBaseUsd, dayValueUsd: value, limited } = state.accounts.columns;
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const usd = worthUsd(state, account);
    addWorth(engine, limited[account]!, usd - value[account]!);
    putF(undo, dayBaseUsd, account, usd);
    putF(undo, value, account, usd);
  }
  const { dayLossUsd, dayLossTold } = state.limitedNodes.columns;
  for (let at = 0; at < highWater(state.limitedNodes); at++) {
    putF(undo, dayLossUsd, at, 0);
    putI(undo, dayLossTold, at, 0);
  }
}

function lookRound(engine: Engine): void {
  const { state, undo } = engine;
  const { dayCursor } = state.globals.columns;
  const { limited } = state.accounts.columns;
  const count = highWater(state.accounts);
  const passes = Math.min(PASSED_MAX, count - FIRST_ACCOUNT);
  let at = dayCursor[0]!;
  let looked = 0;
  for (let passed = 0; passed < passes && looked < LOOKED_MAX; passed++) {
    at = at + 1 >= count || at < FIRST_ACCOUNT ? FIRST_ACCOUNT : at + 1;
    if (!isWatched(state, limited[at]!)) continue;
    look(engine, at);
    looked++;
  }
  putF(undo, dayCursor, 0, at);
}

function isWatched(state: State, first: number): boolean {
  const { above, isWatched: isOne } = state.limitedNodes.columns;
  let at = first;
  while (at !== NONE && isOne[at] === 0) at = above[at]!;
  return at !== NONE;
}

function look(engine: Engine, account: number): void {
  const { state } = engine;
  const first = state.accounts.columns.limited[account]!;
  const lost = putDayValue(engine, account);
  if (lost !== 0) {
    addDayLoss(engine, first, lost);
    addWorth(engine, first, -lost);
  }
  const { above, isWatched } = state.limitedNodes.columns;
  for (let at = first; at !== NONE; at = above[at]!) if (isWatched[at] === 1) tell(engine, at);
}

/** Says once a day that a limit is passed, and once more of the hard one: a price that swings about it says no more. */
function tell({ state, undo, out }: Engine, at: number): void {
  const { dayLossUsd, dayLossTold, node } = state.limitedNodes.columns;
  const { dayLoss } = state.nodeLimits.columns;
  const isPast = (severity: number) => dayLossUsd[at]! > dayLoss[at * 2 + severity]!;
  const passed = isPast(HARD) ? 2 : isPast(SOFT) ? 1 : 0;
  if (passed <= dayLossTold[at]!) return;
  putI(undo, dayLossTold, at, passed);
  const of = node[at]!;
  announce(out, TAG.DayLossPassed, of, state.nodes.columns.firm[of]!, passed - 1, dayLossUsd[at]!);
}
