import {
  advanceSchedule,
  initialMultiplierPpm,
  MULTIPLIER_LIMITS,
  type MultiplierLimits,
  ONE_MINUTE_SAMPLING,
  observeReturn,
  type Sampling,
  startSchedule,
  startVariances,
  targetMultiplierPpm,
} from '../../core/margin/multiplier.ts';
import type { Ppm } from '../../units/rate.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeMs } from '../../units/time.ts';
import { stretchesOf, type Tape } from './tape.ts';

/** Both multipliers as they stood when each bar of a tape closed. */
export interface MultiplierTrack {
  /** Where the market wants the multiplier to be, between 1 and the cap. */
  readonly targetPpm: Int32Array;
  readonly initialPpm: Int32Array;
  readonly maintenancePpm: Int32Array;
  /** 1 from the second day of a stretch on: before it the averages still remember where they were started. */
  readonly isWarm: Uint8Array;
}

/**
 * The engine's averages fed with longer returns, with the same half-lives.
 *
 * The slow one hardly notices. The fast one becomes, at one hour, three quarters of the last return squared:
 * right on average, but from one number where the engine has sixty, so it jumps more and is sometimes blind.
 */
export const HOURLY_SAMPLING: Sampling = { fastDecay: 0.25, slowDecay: 0.9715319411536059, perDay: 24 };
export const FOUR_HOURLY_SAMPLING: Sampling = {
  fastDecay: 0.00390625,
  slowDecay: 0.8908987181403393,
  perDay: 6,
};

function samplingOf(barMs: number): Sampling {
  if (barMs === MINUTE_MS) return ONE_MINUTE_SAMPLING;
  return barMs === HOUR_MS ? HOURLY_SAMPLING : FOUR_HOURLY_SAMPLING;
}

/** Plays a tape through the multiplier of the engine: its averages, its target and its published schedule. */
export function trackMultipliers(
  tape: Tape,
  sigmaPpm: Ppm,
  limits: MultiplierLimits = MULTIPLIER_LIMITS,
): MultiplierTrack {
  const sampling = samplingOf(tape.barMs);
  const count = tape.timesMs.length;
  const track = {
    targetPpm: new Int32Array(count),
    initialPpm: new Int32Array(count),
    maintenancePpm: new Int32Array(count),
    isWarm: new Uint8Array(count),
  };
  for (const { first, end } of stretchesOf(tape, DAY_MS)) {
    const startMs = tape.timesMs[first]!;
    const variances = startVariances(sigmaPpm);
    let schedule = startSchedule(startMs as TimeMs);
    for (let bar = first; bar < end; bar++) {
      if (bar > first) observeReturn(variances, sampling, tape.close[bar]! / tape.close[bar - 1]! - 1);
      const targetPpm = targetMultiplierPpm(variances, sigmaPpm, limits);
      schedule = advanceSchedule(schedule, targetPpm, (tape.timesMs[bar]! + tape.barMs) as TimeMs, limits);
      track.targetPpm[bar] = targetPpm;
      track.maintenancePpm[bar] = schedule.nowPpm;
      track.initialPpm[bar] = initialMultiplierPpm(targetPpm, schedule.nowPpm);
      track.isWarm[bar] = tape.timesMs[bar]! - startMs >= DAY_MS ? 1 : 0;
    }
  }
  return track;
}
