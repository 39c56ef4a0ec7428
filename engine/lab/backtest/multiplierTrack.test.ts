// Goal: a tape meets the multiplier exactly as an engine would on that day. How: tapes whose volatility is known.
import { describe, expect, test } from 'vitest';
import type { Ppm } from '../../units/rate.ts';
import { HOUR_MS } from '../../units/time.ts';
import { FOUR_HOURLY_SAMPLING, HOURLY_SAMPLING, trackMultipliers } from './multiplierTrack.ts';
import { countLiquidatedByRise, largestRise } from './procyclicality.ts';
import { FIXTURE_START_MS, tapeOf } from './tapeFixture.ts';

const SIGMA = 50_000 as Ppm;

/** Up and down by the same share, hour after hour. */
function zigzag(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, hour) => (hour % 2 === 0 ? 100 : 100 * (1 + step)));
}

test('half-lives are a half hour and a day whatever the bars', () => {
  expect(HOURLY_SAMPLING.fastDecay).toBeCloseTo(0.5 ** 2, 12);
  expect(HOURLY_SAMPLING.slowDecay ** 24).toBeCloseTo(0.5, 12);
  expect(FOUR_HOURLY_SAMPLING.fastDecay).toBeCloseTo(0.5 ** 8, 12);
  expect(FOUR_HOURLY_SAMPLING.slowDecay ** 6).toBeCloseTo(0.5, 12);
});

describe('a track', () => {
  test('of a calm tape is 1 throughout, and counts from its second day', () => {
    const track = trackMultipliers(tapeOf(zigzag(60, 0.001)), SIGMA);
    expect(new Set(track.initialPpm)).toEqual(new Set([1_000_000]));
    expect(new Set(track.maintenancePpm)).toEqual(new Set([1_000_000]));
    expect([track.isWarm[23], track.isWarm[24]]).toEqual([0, 1]);
  });

  test('jumps for new risk and walks for old, an hour after it was announced', () => {
    const closes = [...Array.from({ length: 30 }, () => 100), ...Array.from({ length: 10 }, () => 90)];
    const { initialPpm, maintenancePpm } = trackMultipliers(tapeOf(closes), SIGMA);
    expect(initialPpm[30]).toBe(4_000_000);
    expect([...maintenancePpm.subarray(29, 33)]).toEqual([1_000_000, 1_000_000, 1_050_000, 1_102_500]);
  });

  test('starts anew behind a hole of more than a day', () => {
    const closes = [...zigzag(30, 0.05), 500, 500];
    const timesMs = closes.map((_, hour) => FIXTURE_START_MS + (hour < 30 ? hour : hour + 400) * HOUR_MS);
    const track = trackMultipliers(tapeOf(closes, { timesMs }), SIGMA);
    expect(track.initialPpm[29]).toBe(4_000_000);
    expect([track.initialPpm[30], track.maintenancePpm[30], track.isWarm[30]]).toEqual([
      1_000_000, 1_000_000, 0,
    ]);
  });
});

describe('rises', () => {
  const timesMs = Float64Array.from([0, 1, 2, 3, 4], (hour) => hour * HOUR_MS);

  test('are measured from the least value of the window', () => {
    const values = Float64Array.from([4, 2, 3, 5, 1]);
    expect(largestRise(values, timesMs, HOUR_MS)).toEqual({ factor: 5 / 3, atMs: 3 * HOUR_MS });
    expect(largestRise(values, timesMs, 2 * HOUR_MS)).toEqual({ factor: 2.5, atMs: 3 * HOUR_MS });
  });

  test('of a falling series are none', () => {
    expect(largestRise(Float64Array.from([3, 2, 1, 1, 1]), timesMs, 9 * HOUR_MS).factor).toBe(1);
  });

  test('liquidate who opened below what is asked later, within the window', () => {
    const initial = Float64Array.from([10, 10, 20, 20, 20]);
    const maintenance = Float64Array.from([6, 6, 8, 12, 13]);
    expect(countLiquidatedByRise(initial, maintenance, timesMs, HOUR_MS)).toBe(0);
    expect(countLiquidatedByRise(initial, maintenance, timesMs, 2 * HOUR_MS)).toBe(1);
    expect(countLiquidatedByRise(initial, maintenance, timesMs, 3 * HOUR_MS)).toBe(2);
  });
});
