import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../../../engine/units/time.ts';
import { historyPicture, worstByMinute } from './History.state.ts';

const START_MS = 10_000 * MINUTE_MS;
const at = (minute: number, sigmas: number, ratioPpm: number) => ({
  timeMs: START_MS + minute * MINUTE_MS,
  sigmas,
  ratioPpm,
});

test('of several accounts each minute shows the worst', () => {
  const histories = [
    { account: 1, sinceMs: 0, samples: [at(0, 3, 100_000), at(1, -1, 0)] },
    { account: 2, sinceMs: 0, samples: [at(0, 2, 50_000), at(1, 5, -1)] },
  ];
  expect(worstByMinute(histories)).toEqual([at(0, 2, 100_000), at(1, 5, -1)]);
});

test('minutes nobody looked leave a gap, and the low is named', () => {
  const picture = historyPicture(
    [at(0, 3, 100_000), at(1, 2, 250_000), at(9, 8, 10)],
    START_MS + 10 * MINUTE_MS,
  )!;
  expect(picture.depth.points.map((stretch) => stretch.length)).toEqual([4, 2]);
  expect(picture.depth.points[0]).toEqual([
    [0, 0.75],
    [0.1, 0.75],
    [0.1, 0.5],
    [0.2, 0.5],
  ]);
  // Deeper than the scale lies on its floor.
  expect(picture.depth.points[1]![0]![1]).toBe(1);
  expect([picture.lowSigmas, picture.highRatioPpm]).toEqual([2, 250_000]);
});

test('a desk that has just started draws a short line at the right edge, and none before its first sample', () => {
  expect(historyPicture([], START_MS)).toBeUndefined();
  const picture = historyPicture([at(0, -1, 0)], START_MS + MINUTE_MS)!;
  expect(picture.depth.points[0]![0]![0]).toBeCloseTo(0.9);
  expect(picture.lowSigmas).toBeUndefined();
});
