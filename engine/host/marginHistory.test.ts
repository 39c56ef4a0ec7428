import { expect, test } from 'vitest';
import type { AccountView } from '../protocol/views/account.ts';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';
import { MarginHistory } from './marginHistory.ts';

const START_MS = 1_000 * DAY_MS;

const seen = (sigmas: number, ratioPpm: number, state = 'measured') =>
  ({ account: 3, margin: { ratioPpm }, distance: { state, sigmas } }) as unknown as AccountView;

test('a minute keeps the smallest distance and the largest ratio seen in it', () => {
  const history = new MarginHistory(START_MS);
  history.note(seen(3, 300_000), START_MS + 1_000);
  history.note(seen(2, 200_000), START_MS + 11_000);
  history.note(seen(4, 100_000), START_MS + MINUTE_MS);
  expect(history.view(3, START_MS + MINUTE_MS)).toEqual({
    account: 3,
    sinceMs: START_MS,
    samples: [
      { timeMs: START_MS, sigmas: 2, ratioPpm: 300_000 },
      { timeMs: START_MS + MINUTE_MS, sigmas: 4, ratioPpm: 100_000 },
    ],
  });
});

test('an account without risk is farther than any other, and equity that is gone is worse than any ratio', () => {
  const history = new MarginHistory(START_MS);
  history.note(seen(0, 0, 'noRisk'), START_MS);
  expect(history.view(3, START_MS).samples).toEqual([{ timeMs: START_MS, sigmas: -1, ratioPpm: 0 }]);
  history.note(seen(7, 900_000), START_MS);
  expect(history.view(3, START_MS).samples[0]).toMatchObject({ sigmas: 7, ratioPpm: 900_000 });
  history.note(seen(0, -1, 'liquidatable'), START_MS);
  history.note(seen(5, 10), START_MS);
  expect(history.view(3, START_MS).samples[0]).toMatchObject({ sigmas: 0, ratioPpm: -1 });
});

test('a day is kept and no more, however long the desk runs', () => {
  const history = new MarginHistory(START_MS);
  const minutes = (3 * DAY_MS) / MINUTE_MS;
  for (let minute = 0; minute < minutes; minute++) history.note(seen(2, 1), START_MS + minute * MINUTE_MS);
  const nowMs = START_MS + (minutes - 1) * MINUTE_MS;
  const { samples } = history.view(3, nowMs);
  expect(samples).toHaveLength(DAY_MS / MINUTE_MS);
  expect(samples.at(-1)!.timeMs).toBe(nowMs);
  expect(history.view(4, nowMs).samples).toEqual([]);
});
