import type { MarginCallLevel } from '../../protocol/commands/actions.ts';
import { NodeState } from '../../protocol/enums.ts';
import type { MarginCallFacts } from '../accounts/directory.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { standingOf } from '../firms/standing.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { RATIO_INFINITE_PPM } from '../margin/health.ts';
import { requirementOf } from '../margin/requirement.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { EASE_PPM, levelsAt } from './callLevels.ts';
import { putCall, removeCall } from './putCall.ts';

/** Accounts that one tick passes, and of those the ones whose margin it computes. */
const PASSED_MAX = 1_024;
const COMPUTED_MAX = 16;

/**
 * The share of one tick in margin calls: the next accounts whose people want to be called are held against their
 * levels. Sixteen in 250 ms, so that of a thousand accounts each is looked at every sixteen seconds.
 */
export function watchMarginCalls(engine: Engine): void {
  const { state, undo } = engine;
  const { callLevels, calls } = state.directory;
  if (callLevels.length === 0 && calls.length === 0) return;
  const { callCursor } = state.globals.columns;
  const count = highWater(state.accounts);
  let at = callCursor[0]!;
  let computed = 0;
  const passes = Math.min(PASSED_MAX, count - FIRST_ACCOUNT);
  for (let passed = 0; passed < passes && computed < COMPUTED_MAX; passed++) {
    at = at + 1 >= count || at < FIRST_ACCOUNT ? FIRST_ACCOUNT : at + 1;
    if (watch(engine, at)) computed++;
  }
  putF(undo, callCursor, 0, at);
}

/** @returns whether its margin was computed */
function watch(engine: Engine, account: number): boolean {
  const { state } = engine;
  const node = state.accounts.columns.node[account]!;
  const call = state.directory.calls.find((each) => each.account === account);
  const levels = node === NONE ? [] : levelsAt(state, node);
  const isWatched = levels.length > 0 && standingOf(state, node) !== NodeState.archived;
  if (!isWatched) {
    if (call !== undefined) end(engine, call);
    return false;
  }
  const { ratioPpm } = requirementOf(engine.risk.parameters(), engine.risk.portfolioOf(account));
  move(engine, account, call, levelOf(levels, ratioPpm, call?.level ?? NONE), ratioPpm);
  return true;
}

/**
 * The worst level a ratio calls at, NONE for none. A level that has been reached holds until the ratio is well under it.
 *
 * @param held level of the open call
 */
function levelOf(levels: readonly MarginCallLevel[], ratioPpm: number, held: number): number {
  for (let level = levels.length - 1; level >= 0; level--) {
    const from = levels[level]!.ratioPpm - (level <= held ? EASE_PPM : 0);
    if (ratioPpm === RATIO_INFINITE_PPM || ratioPpm >= from) return level;
  }
  return NONE;
}

function move(
  engine: Engine,
  account: number,
  call: MarginCallFacts | undefined,
  level: number,
  ratioPpm: number,
): void {
  if (call === undefined) {
    if (level !== NONE) open(engine, account, level, ratioPpm);
    return;
  }
  if (level === NONE) return end(engine, call);
  if (level === call.level) return;
  const isWorse = level > call.level;
  const taken = isWorse ? { acknowledgedBy: NONE, acknowledgedMs: 0 } : {};
  putCall(engine, { ...call, level, ratioPpm, ...taken });
  announce(engine.out, isWorse ? TAG.MarginCalled : TAG.MarginCallEased, call.call, account, level, ratioPpm);
}

function open(engine: Engine, account: number, level: number, ratioPpm: number): void {
  const { directory, globals } = engine.state;
  const call = directory.nextCall++;
  directoryChanged(engine, () => {
    directory.nextCall--;
  });
  const openedMs = globals.columns.timeMs[0]!;
  const untaken = { acknowledgedBy: NONE, acknowledgedMs: 0 };
  putCall(engine, { call, account, level, ratioPpm, openedMs, ...untaken });
  announce(engine.out, TAG.MarginCalled, call, account, level, ratioPpm);
}

function end(engine: Engine, call: MarginCallFacts): void {
  removeCall(engine, call);
  announce(engine.out, TAG.MarginCallEnded, call.call, call.account);
}
