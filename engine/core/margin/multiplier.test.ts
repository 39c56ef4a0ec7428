// Goal: the multiplier follows volatility within its limits, and nobody's maintenance rises without an hour's notice.
// How: known returns with averages worked out by hand, and random targets against the published schedule.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ppm } from '../../units/rate.ts';
import { HOUR_MS, MINUTE_MS, type TimeMs } from '../../units/time.ts';
import { MU_CAP_PPM } from './defaultParameters.ts';
import {
  advanceSchedule,
  initialMultiplierPpm,
  MU_ONE_PPM,
  type MultiplierSchedule,
  ONE_MINUTE_SAMPLING,
  observeReturn,
  scheduleOf,
  startSchedule,
  startVariances,
  stepMultiplierPpm,
  targetMultiplierPpm,
} from './multiplier.ts';

const ppm = (ratio: number): Ppm => Math.round(ratio * 1e6) as Ppm;
const BTC_SIGMA = 35_000 as Ppm;
const HALF_PAST_TWO = (1_700_000_000_000 - (1_700_000_000_000 % HOUR_MS) + HOUR_MS / 2) as TimeMs;
const target = fc.integer({ min: MU_ONE_PPM, max: MU_CAP_PPM }).map((value) => value as Ppm);

describe('the averages', () => {
  test('half of a shock is left after 30 minutes in the fast one, after a day in the slow one', () => {
    const { fastDecay, slowDecay } = ONE_MINUTE_SAMPLING;
    const variances = { fast: 1, slow: 1 };
    for (let minute = 0; minute < 30; minute++) observeReturn(variances, ONE_MINUTE_SAMPLING, 0);
    expect(variances.fast).toBeCloseTo(0.5, 12);
    for (let minute = 30; minute < 1_440; minute++) observeReturn(variances, ONE_MINUTE_SAMPLING, 0);
    expect(variances.slow).toBeCloseTo(0.5, 12);
    expect(fastDecay).toBeLessThan(slowDecay);
  });

  test('a constant return is its own average, scaled to a day', () => {
    const variances = startVariances(BTC_SIGMA);
    for (let minute = 0; minute < 30_000; minute++) observeReturn(variances, ONE_MINUTE_SAMPLING, 0.001);
    expect(variances.fast).toBeCloseTo(0.001 ** 2 * 1_440, 12);
    expect(variances.slow).toBeCloseTo(0.001 ** 2 * 1_440, 9);
  });
});

describe('the target', () => {
  test('is the larger volatility over the reference', () => {
    expect(targetMultiplierPpm({ fast: 0.0525 ** 2, slow: 0.04 ** 2 }, BTC_SIGMA)).toBe(1_500_000);
    expect(targetMultiplierPpm({ fast: 0.04 ** 2, slow: 0.0525 ** 2 }, BTC_SIGMA)).toBe(1_500_000);
  });

  test('is 1 in a calm market and the cap in a wild one', () => {
    expect(targetMultiplierPpm({ fast: 0, slow: 0 }, BTC_SIGMA)).toBe(MU_ONE_PPM);
    expect(targetMultiplierPpm({ fast: 9, slow: 0 }, BTC_SIGMA)).toBe(MU_CAP_PPM);
  });

  test('of a market just listed is 1', () => {
    expect(targetMultiplierPpm(startVariances(BTC_SIGMA), BTC_SIGMA)).toBe(MU_ONE_PPM);
  });
});

describe('one hour', () => {
  test('is 5 % up, 2 % down, and stops at the target', () => {
    expect(stepMultiplierPpm(ppm(1), ppm(4))).toBe(1_050_000);
    expect(stepMultiplierPpm(ppm(4), ppm(1))).toBe(3_920_000);
    expect(stepMultiplierPpm(ppm(1), ppm(1.02))).toBe(1_020_000);
    expect(stepMultiplierPpm(ppm(1.01), ppm(1))).toBe(1_000_000);
  });

  test('never passes a limit or the target, and always gets nearer', () => {
    void fc.assert(
      fc.property(target, target, (current, wanted) => {
        const next = stepMultiplierPpm(current, wanted);
        expect(next * 100).toBeLessThanOrEqual(current * 105);
        expect(next * 100).toBeGreaterThanOrEqual(current * 98);
        if (current === wanted) expect(next).toBe(wanted);
        else expect(Math.abs(wanted - next)).toBeLessThan(Math.abs(wanted - current));
        expect(Math.sign(wanted - next) * Math.sign(wanted - current)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the published schedule', () => {
  test('says from 14:30 what 15:00 will ask, and keeps its word when the market calms at once', () => {
    const quiet = startSchedule(HALF_PAST_TWO);
    const three = (HALF_PAST_TWO + HOUR_MS / 2) as TimeMs;
    const announced = advanceSchedule(quiet, ppm(2), three);
    expect(announced).toEqual({ nowPpm: 1_000_000, nextPpm: 1_050_000, nextAtMs: three + HOUR_MS });
    const half = advanceSchedule(announced, ppm(1), (three + HOUR_MS / 2) as TimeMs);
    expect(half).toBe(announced);
    const four = advanceSchedule(announced, ppm(1), (three + HOUR_MS) as TimeMs);
    expect(four).toEqual({ nowPpm: 1_050_000, nextPpm: 1_029_000, nextAtMs: three + 2 * HOUR_MS });
  });

  test('lists the hours up to the target', () => {
    const nextAtMs = (HALF_PAST_TWO + HOUR_MS / 2) as TimeMs;
    const schedule = { nowPpm: ppm(1), nextPpm: ppm(1.05), nextAtMs };
    expect(scheduleOf(schedule, ppm(1.12))).toEqual([
      { atMs: nextAtMs, muPpm: 1_050_000 },
      { atMs: nextAtMs + HOUR_MS, muPpm: 1_102_500 },
      { atMs: nextAtMs + 2 * HOUR_MS, muPpm: 1_120_000 },
    ]);
    expect(scheduleOf({ ...schedule, nextPpm: ppm(1) }, ppm(1))).toEqual([]);
    expect(scheduleOf({ ...schedule, nextPpm: ppm(1) }, ppm(1.03))).toEqual([
      { atMs: nextAtMs + HOUR_MS, muPpm: 1_030_000 },
    ]);
  });

  test('comes true hour by hour if the target stays', () => {
    void fc.assert(
      fc.property(target, target, target, (nowPpm, nextTarget, wanted) => {
        const nextAtMs = HOUR_MS as TimeMs;
        const nextPpm = stepMultiplierPpm(nowPpm, nextTarget);
        let schedule: MultiplierSchedule = { nowPpm, nextPpm, nextAtMs };
        for (const { atMs, muPpm } of scheduleOf(schedule, wanted)) {
          schedule = advanceSchedule(schedule, wanted, atMs);
          expect(schedule.nowPpm).toBe(muPpm);
        }
        expect(schedule.nowPpm).toBe(wanted);
      }),
    );
  });

  test('takes the same hours one by one or after a pause', () => {
    const steps = 40;
    const wanted = ppm(3);
    let walked = startSchedule(HALF_PAST_TWO);
    for (let minute = 0; minute <= steps * 60; minute++) {
      walked = advanceSchedule(walked, wanted, (HALF_PAST_TWO + minute * MINUTE_MS) as TimeMs);
    }
    const endMs = (HALF_PAST_TWO + steps * HOUR_MS) as TimeMs;
    expect(advanceSchedule(startSchedule(HALF_PAST_TWO), wanted, endMs)).toEqual(walked);
  });
});

test('new risk pays the higher multiplier at once', () => {
  expect(initialMultiplierPpm(ppm(2), ppm(1.5))).toBe(2_000_000);
  expect(initialMultiplierPpm(ppm(1), ppm(1.5))).toBe(1_500_000);
});
