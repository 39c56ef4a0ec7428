import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '../units/time.ts';
import { byWindow, minutesOf, WINDOW_MS, windowsOf } from './marginWindows.ts';

const minute = fc.record({
  minute: fc.integer({ min: 0, max: 40 }),
  sigmas: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 100 })),
  ratioPpm: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 900_000 })),
});
const minutes = fc
  .uniqueArray(minute, { selector: (each) => each.minute })
  .map((all) =>
    all
      .sort((a, b) => a.minute - b.minute)
      .map(({ minute: at, ...rest }) => ({ timeMs: at * MINUTE_MS, ...rest })),
  );

test('five minutes are as bad as the worst of them', () => {
  const samples = [
    { timeMs: 0, sigmas: -1, ratioPpm: 10 },
    { timeMs: MINUTE_MS, sigmas: 3, ratioPpm: 40 },
    { timeMs: 4 * MINUTE_MS, sigmas: 5, ratioPpm: 50 },
    { timeMs: 5 * MINUTE_MS, sigmas: 9, ratioPpm: -1 },
  ];
  expect(byWindow(samples)).toEqual([
    { timeMs: 0, sigmas: 3, ratioPpm: 50 },
    { timeMs: WINDOW_MS, sigmas: 9, ratioPpm: -1 },
  ]);
});

test('what is kept gives back the minutes in which somebody looked, and none besides', () => {
  fc.assert(
    fc.property(minutes, (samples) => {
      const back = windowsOf(8, samples).flatMap(minutesOf);
      expect(back.map(({ timeMs }) => timeMs)).toEqual(samples.map(({ timeMs }) => timeMs));
      expect(byWindow(back)).toEqual(byWindow(samples));
    }),
  );
});
