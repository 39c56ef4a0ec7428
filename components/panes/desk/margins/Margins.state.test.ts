import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../engine/units/time.ts';
import { accountsToDraw, marginPicture, spread, timeLabels } from './Margins.state.ts';

const NOW_MS = 1_000 * DAY_MS;
const risk = (account: number, ratioPpm: number) => ({ account, ratioPpm }) as AccountRiskView;
const history = (account: number, ...samples: [minutesAgo: number, ratioPpm: number][]) => ({
  account,
  sinceMs: 0,
  samples: samples.map(([minutes, ratioPpm]) => ({
    timeMs: NOW_MS - minutes * MINUTE_MS,
    sigmas: 3,
    ratioPpm,
  })),
});

test('accounts that need the most of their equity are drawn, one without equity first, and none without need', () => {
  const accounts = Array.from({ length: 12 }, (_, at) => risk(at, at * 10));
  expect(accountsToDraw(accounts, [])).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect(accountsToDraw([...accounts, risk(20, -1)], [])).toEqual([5, 6, 7, 8, 9, 10, 11, 20]);
});

test('a line stays while it is among the highest dozen', () => {
  const accounts = Array.from({ length: 20 }, (_, at) => risk(at, (at + 1) * 10));
  expect(accountsToDraw(accounts, [8, 2])).toEqual([8, 13, 14, 15, 16, 17, 18, 19]);
});

test('five minutes nobody looked are a gap, and five that follow one another are not', () => {
  const picture = marginPicture([history(8, [30, 20_000], [25, 40_000], [10, 10_000])], NOW_MS)!;
  expect([picture.spanMs, picture.topPpm]).toEqual([HOUR_MS, 50_000]);
  const [line] = picture.lines;
  expect(line!.stretches.map((stretch) => stretch.map(([, y]) => Number(y.toFixed(3))))).toEqual([
    [0.6, 0.6, 0.2, 0.2],
    [0.8, 0.8],
  ]);
  expect(line!.stretches[0]!.map(([x]) => Number(x.toFixed(3)))).toEqual([0.5, 0.583, 0.583, 0.667]);
  expect([line!.lastPpm, line!.lastY]).toEqual([10_000, 0.8]);
});

test('the span is the first that holds all, a line never leaves it, and equity that is gone is at the top', () => {
  const picture = marginPicture([history(8, [2 * 1_440, 10], [3, -1]), history(9)], NOW_MS)!;
  expect([picture.spanMs, picture.topPpm]).toEqual([DAY_MS, 1_000_000]);
  expect(picture.lines.map(({ account, lastY }) => [account, lastY])).toEqual([[8, 0]]);
  const xs = picture.lines[0]!.stretches.flat().map(([x]) => x);
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 1]);
  expect(marginPicture([history(8)], NOW_MS)).toBeUndefined();
  expect([timeLabels(DAY_MS), timeLabels(HOUR_MS)]).toEqual([
    ['−24 h', '−18 h', '−12 h', '−6 h', 'now'],
    ['−1 h', '−45 min', '−30 min', '−15 min', 'now'],
  ]);
});

test('labels keep their order and a line of room, and stay in a box that has room for them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 10 }), (wanted) => {
      const placed = spread(wanted, 14, 200);
      const sorted = [...placed].sort((a, b) => a - b);
      expect(sorted.every((at, place) => place === 0 || at - sorted[place - 1]! >= 14)).toBe(true);
      expect(placed.every((at) => at >= 0 && at <= 200)).toBe(true);
      for (const [a, one] of wanted.entries())
        for (const [b, other] of wanted.entries())
          if (one < other) expect(placed[a]!).toBeLessThan(placed[b]!);
    }),
  );
});
