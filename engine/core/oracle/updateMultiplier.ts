import type { Ppm } from '../../units/rate.ts';
import { MINUTE_MS, type TimeMs } from '../../units/time.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import {
  advanceSchedule,
  type MultiplierSchedule,
  ONE_MINUTE_SAMPLING,
  observeReturn,
  startSchedule,
  startVariances,
  targetMultiplierPpm,
  type Variances,
} from '../margin/multiplier.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';

/** A pause of a day and more counts as a day: the slow average has then forgotten half of what was before. */
const MINUTES_MAX = 1_440;

/**
 * Takes the index of an underlying into its volatility, once a minute, and lets the published schedule of
 * its multiplier run. An index that stands still because its sources fell silent is no quiet market, so
 * this is called for renewed indexes only.
 *
 * @see engine/core/oracle/README.md
 */
export function updateMultiplier(engine: Engine, underlying: number): void {
  const { state, undo } = engine;
  const m = state.multipliers.columns;
  const timeMs = state.globals.columns.timeMs[0]! as TimeMs;
  const minute = Math.floor(timeMs / MINUTE_MS);
  if (minute === m.minute[underlying]) return;
  const sigmaPpm = state.underlyings.columns.sigmaPpm[underlying]! as Ppm;
  const isFirst = m.minute[underlying] === 0;
  const variances = isFirst ? startVariances(sigmaPpm) : observedVariances(state, underlying, minute);
  const targetPpm = targetMultiplierPpm(variances, sigmaPpm);
  const before = isFirst ? startSchedule(timeMs) : scheduleAt(state, underlying);
  const schedule = advanceSchedule(before, targetPpm, timeMs);
  const hasChanged =
    isFirst ||
    targetPpm !== m.targetPpm[underlying] ||
    schedule.nowPpm !== m.nowPpm[underlying] ||
    schedule.nextPpm !== m.nextPpm[underlying];
  putF(undo, m.varianceFast, underlying, variances.fast);
  putF(undo, m.varianceSlow, underlying, variances.slow);
  putF(undo, m.minute, underlying, minute);
  putF(undo, m.minuteIndexE8, underlying, state.underlyings.columns.indexE8[underlying]!);
  putF(undo, m.nextAtMs, underlying, schedule.nextAtMs);
  if (!hasChanged) return;
  putI(undo, m.targetPpm, underlying, targetPpm);
  putI(undo, m.nowPpm, underlying, schedule.nowPpm);
  putI(undo, m.nextPpm, underlying, schedule.nextPpm);
  putF(undo, state.globals.columns.multiplierSeq, 0, state.globals.columns.seq[0]!);
  const { nowPpm, nextPpm, nextAtMs } = schedule;
  announce(engine.out, TAG.MultiplierSet, underlying, targetPpm, nowPpm, nextPpm, nextAtMs);
}

export function scheduleAt(state: State, underlying: number): MultiplierSchedule {
  const m = state.multipliers.columns;
  return {
    nowPpm: m.nowPpm[underlying]! as Ppm,
    nextPpm: m.nextPpm[underlying]! as Ppm,
    nextAtMs: m.nextAtMs[underlying]! as TimeMs,
  };
}

/** A return over several minutes counts as that many equal ones, so that a gap neither hides a move nor doubles it. */
function observedVariances(state: State, underlying: number, minute: number): Variances {
  const m = state.multipliers.columns;
  const variances = { fast: m.varianceFast[underlying]!, slow: m.varianceSlow[underlying]! };
  const elapsed = minute - m.minute[underlying]!;
  const move = state.underlyings.columns.indexE8[underlying]! / m.minuteIndexE8[underlying]! - 1;
  const perMinute = move / Math.sqrt(elapsed);
  for (let k = Math.min(elapsed, MINUTES_MAX); k > 0; k--)
    observeReturn(variances, ONE_MINUTE_SAMPLING, perMinute);
  return variances;
}
