import type {
  MarginScheduleView,
  MultiplierView,
  ScheduledAccountView,
} from '../../protocol/views/schedule.ts';
import type { Ppm } from '../../units/rate.ts';
import { HOUR_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { maintenanceParts } from '../margin/maintenanceParts.ts';
import { MU_ONE_PPM, scheduleOf } from '../margin/multiplier.ts';
import type { RiskParameters } from '../margin/parameters.ts';
import { scheduleAt } from '../oracle/updateMultiplier.ts';
import type { State } from '../state.ts';

/** The published schedule of multipliers at the state's sequence, and maintenance margin of accounts by it. */
export function marginScheduleOf(engine: Engine, accounts: readonly number[]): MarginScheduleView {
  const { state } = engine;
  const timeMs = state.globals.columns.timeMs[0]!;
  // Made anew at each call, so once for all accounts.
  const announced = engine.risk.announcedParameters();
  return {
    seq: state.globals.columns.seq[0]!,
    timeMs,
    // Every schedule steps on the full hour, so one time is the next for all.
    atMs: (Math.floor(timeMs / HOUR_MS) + 1) * HOUR_MS,
    multipliers: state.directory.underlyings.map((_, underlying) => multiplierViewOf(state, underlying)),
    accounts: accounts.map((account) => scheduledAccountOf(engine, account, announced)),
  };
}

function multiplierViewOf(state: State, underlying: number): MultiplierView {
  const { targetPpm: targets, nowPpm } = state.multipliers.columns;
  const { name } = state.directory.underlyings[underlying]!;
  // Before its first index an underlying has no multiplier, and nothing is held in it.
  if (nowPpm[underlying] === 0)
    return { underlying: name, nowPpm: MU_ONE_PPM, targetPpm: MU_ONE_PPM, nextPpm: MU_ONE_PPM, steps: [] };
  const schedule = scheduleAt(state, underlying);
  const targetPpm = targets[underlying]! as Ppm;
  return {
    underlying: name,
    nowPpm: schedule.nowPpm,
    targetPpm,
    nextPpm: schedule.nextPpm,
    steps: scheduleOf(schedule, targetPpm),
  };
}

function scheduledAccountOf(
  { risk }: Engine,
  account: number,
  announced: RiskParameters,
): ScheduledAccountView {
  const now = maintenanceParts(risk.parameters(), risk.portfolioOf(account));
  const then = maintenanceParts(announced, risk.portfolioOf(account));
  const underlyings = [...new Set([...now.parts.keys(), ...then.parts.keys()])];
  return {
    account,
    nowUsd: now.maintenanceUsd,
    thenUsd: then.maintenanceUsd,
    parts: underlyings.map((underlying) => ({
      underlying,
      nowUsd: now.parts.get(underlying) ?? 0,
      thenUsd: then.parts.get(underlying) ?? 0,
    })),
  };
}
