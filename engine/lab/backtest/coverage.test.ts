// Goal: a breach is counted when and only when a hand would count it. How: six prices and a range of 10 %.
import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../units/time.ts';
import { addCoverage, type Coverage, createCoverage, HISTOGRAM_STEPS, Measure } from './coverage.ts';
import { breachShare, pooledShare } from './interval.ts';
import type { Tape } from './tape.ts';
import { calmTrack, FIXTURE_START_MS, flatRates, tapeOf } from './tapeFixture.ts';

const RANGE = 0.1;

function count(tape: Tape, horizonHours = 1, fixedRates: number[] = []): Coverage {
  const coverage = createCoverage('BTC', horizonHours, fixedRates.length);
  const track = calmTrack(tape);
  addCoverage(coverage, {
    tape,
    track,
    ratesAt: flatRates(RANGE),
    horizonHoursMin: horizonHours,
    fixedRates,
  });
  return coverage;
}

// Hour by hour: 0, −8 %, −13 %, 0, +25 %.
const CLOSES = [100, 100, 92, 80, 80, 100];

describe('coverage over one hour', () => {
  const coverage = count(tapeOf(CLOSES), 1, [0.05, 0.2]);

  test('counts every hour whose end is known', () => {
    expect(coverage.windows).toBe(5);
    expect(coverage.histogram.reduce((sum, bin) => sum + bin, 0)).toBe(5);
  });

  test('a fall past the range is a breach of the long, a rise of the short', () => {
    expect(coverage.long.breaches[Measure.range]).toBe(1);
    expect(coverage.short.breaches[Measure.range]).toBe(1);
    expect(coverage.breaches.map(({ side, move }) => [side, Number(move.toFixed(4))])).toEqual([
      ['long', 0.1304],
      ['short', 0.25],
    ]);
    expect(coverage.breaches[1]!.worstMs).toBe(FIXTURE_START_MS + 5 * HOUR_MS);
    expect(coverage.worstRatio).toBeCloseTo(2.5, 12);
  });

  test('maintenance margin, 60 % of the range, also misses the fall of 8 %', () => {
    expect(coverage.long.breaches[Measure.maintenance]).toBe(2);
    expect(coverage.short.breaches[Measure.maintenance]).toBe(1);
  });

  test('an account opened at initial margin has 40 % of the range before liquidation', () => {
    expect(coverage.long.breaches[Measure.gap]).toBe(2);
    expect(coverage.short.breaches[Measure.gap]).toBe(1);
  });

  test('breaches within a day are one event', () => {
    expect(coverage.long.events[Measure.maintenance]).toBe(1);
  });

  test('rates of other venues are held against the same moves', () => {
    expect([...coverage.long.fixed]).toEqual([2, 0]);
    expect([...coverage.short.fixed]).toEqual([1, 1]);
  });

  test('the histogram puts a move of zero in the middle and one past twice the range at the edge', () => {
    expect(coverage.histogram[2 * HISTOGRAM_STEPS]).toBe(2);
    expect(coverage.histogram.at(-1)).toBe(1);
  });
});

test('the worst trade inside a horizon counts as such, the price at its end as the move', () => {
  const coverage = count(tapeOf([100, 100, 100], { low: [100, 85, 100], high: [100, 100, 120] }));
  expect(coverage.long.breaches[Measure.wick]).toBe(1);
  expect(coverage.short.breaches[Measure.wick]).toBe(1);
  expect(coverage.long.breaches[Measure.range]).toBe(0);
});

test('a longer horizon looks at its end and at the average of an even sale', () => {
  // From 100 to 88 at the end of two hours; sold evenly at 96 and 88 it is 92 on average.
  const coverage = count(tapeOf([100, 96, 88]), 2);
  expect(coverage.windows).toBe(1);
  expect(coverage.long.breaches[Measure.range]).toBe(1);
  expect(coverage.long.breaches[Measure.unwind]).toBe(1);
  const slower = createCoverage('BTC', 2, 0);
  const tape = tapeOf([100, 96, 88, 100, 100]);
  addCoverage(slower, {
    tape,
    track: calmTrack(tape),
    ratesAt: flatRates(RANGE),
    // An hour at once and the rest over three: 96, 88 and 100 are 94.7 on average.
    horizonHoursMin: 1,
    fixedRates: [],
  });
  expect([slower.windows, slower.long.breaches[Measure.range], slower.long.breaches[Measure.unwind]]).toEqual(
    [2, 1, 0],
  );
});

test('no horizon spans a hole, and none is judged by bars longer than itself', () => {
  const timesMs = [0, 1, 5, 6].map((hour) => FIXTURE_START_MS + hour * HOUR_MS);
  expect(count(tapeOf([100, 100, 50, 50], { timesMs })).windows).toBe(2);
  const coarse = { ...tapeOf([100, 50]), barMs: 4 * HOUR_MS };
  const coverage = createCoverage('BTC', 1, 0);
  const run = { tape: coarse, track: calmTrack(coarse), ratesAt: flatRates(RANGE), horizonHoursMin: 1 };
  expect(addCoverage(coverage, { ...run, fixedRates: [] })).toBe(false);
  expect(coverage.windows).toBe(0);
});

describe('the interval', () => {
  test('is Wilson’s, counted in events', () => {
    const one = breachShare({ windows: 10_000, overlap: 1, breaches: 20, events: 4 });
    expect(one.value).toBe(0.002);
    // 4 of 2 000 by the textbook: 0.000778 to 0.005133.
    expect(one.low).toBeCloseTo(0.000778, 5);
    expect(one.high).toBeCloseTo(0.005133, 5);
  });

  test('without a breach has the bound of windows that do not overlap', () => {
    const none = breachShare({ windows: 400, overlap: 4, breaches: 0, events: 0 });
    expect([none.value, none.low]).toEqual([0, 0]);
    expect(none.high).toBeCloseTo(3.841459 / 103.841459, 6);
  });

  test('of both sides counts each window twice', () => {
    const coverage = count(tapeOf(CLOSES));
    expect(pooledShare([coverage, coverage], Measure.range).value).toBe(4 / 20);
  });

  test('of nothing is unknown', () => {
    expect(breachShare({ windows: 0, overlap: 1, breaches: 0, events: 0 }).value).toBeNaN();
  });
});
