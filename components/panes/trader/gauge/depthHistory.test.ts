import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../engine/units/time.ts';
import { type DepthSample, depthPicture, merged, packed, unpacked, withSample } from './depthHistory.ts';

const NOON = Math.floor(Date.UTC(2026, 10, 20, 12) / MINUTE_MS);

describe('the depth of the last day', () => {
  test('a minute keeps its lowest depth', () => {
    const samples = [3, 2.4, 2.9].reduce<readonly DepthSample[]>(
      (list, sigmas) => withSample(list, NOON, sigmas),
      [],
    );
    expect(samples).toEqual([{ minute: NOON, sigmas: 2.4 }]);
  });

  test('a day is kept and no more', () => {
    const old = [{ minute: NOON - DAY_MS / MINUTE_MS, sigmas: 1 }];
    expect(withSample(old, NOON, 2)).toEqual([{ minute: NOON, sigmas: 2 }]);
  });

  test('a short history says since when, and its low is the lowest seen', () => {
    const samples = [
      { minute: NOON - 4, sigmas: 2.6 },
      { minute: NOON - 3, sigmas: 2.2 },
      { minute: NOON, sigmas: 2.7 },
    ];
    const picture = depthPicture(samples, NOON * MINUTE_MS + 30_000, 101);
    expect(picture?.sinceMs).toBe((NOON - 4) * MINUTE_MS);
    expect(picture?.isWholeDay).toBe(false);
    expect(picture?.low).toBe(2.2);
    // Ten minutes wide: the first half is before anything was measured, and minutes 2 and 1 are a gap.
    expect(picture?.bins.slice(0, 50).every((bin) => bin === undefined)).toBe(true);
    expect(picture?.bins[80]).toBeUndefined();
    expect(picture?.bins.at(-1)).toBe(2.7);
  });

  test('what the desk kept fills the hours nobody looked; of a minute both saw the lower counts', () => {
    const own = [{ minute: NOON, sigmas: 2.5 }];
    const desk = [
      { timeMs: (NOON - 1) * MINUTE_MS, sigmas: -1, ratioPpm: 0 },
      { timeMs: NOON * MINUTE_MS, sigmas: 2.4, ratioPpm: 0 },
    ];
    expect(merged(own, desk)).toEqual([
      { minute: NOON - 1, sigmas: 100 },
      { minute: NOON, sigmas: 2.4 },
    ]);
  });

  test('nothing measured draws nothing', () => {
    expect(depthPicture([], 0, 100)).toBeUndefined();
  });

  test('what is kept over a reload reads back, and damage is left out', () => {
    const samples = [
      { minute: NOON, sigmas: 2.684 },
      { minute: NOON + 1, sigmas: 0 },
    ];
    expect(unpacked(packed(samples))).toEqual(samples);
    expect(unpacked('')).toEqual([]);
    expect(unpacked('x:1 5:y 7:2000')).toEqual([{ minute: 7, sigmas: 2 }]);
  });
});
