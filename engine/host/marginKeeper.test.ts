import { expect, test } from 'vitest';
import type { AccountView } from '../protocol/views/account.ts';
import type { MarginWindowRecord } from '../records/views.ts';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';
import { MarginHistory } from './marginHistory.ts';
import { MarginKeeper } from './marginKeeper.ts';
import { CallError } from './threads/pendingCalls.ts';

const START_MS = 1_000 * DAY_MS;
const at = (minute: number) => START_MS + minute * MINUTE_MS;
const seen = (ratioPpm: number) =>
  ({
    account: 8,
    margin: { ratioPpm },
    distance: { state: 'measured', sigmas: 2 },
  }) as unknown as AccountView;

/** A desk's run over tables that stay: those of one run are there for the next. */
function runOver(tables: Map<string, MarginWindowRecord>, startMs: number) {
  const history = new MarginHistory(startMs);
  const clock = { nowMs: startMs, isLate: false, writtenCount: 0 };
  const keeper = new MarginKeeper({
    history,
    nowMs: () => clock.nowMs,
    kept: async (fromMs) => {
      if (clock.isLate) throw new CallError('engine.busy');
      return [...tables.values()].filter((each) => each.startMs >= fromMs);
    },
    write: (windows) => {
      clock.writtenCount += windows.length;
      for (const each of windows) tables.set(`${each.account}/${each.startMs}`, each);
    },
  });
  const look = async (minute: number, ratioPpm: number) => {
    clock.nowMs = at(minute);
    history.note(seen(ratioPpm), clock.nowMs);
    await keeper.keep();
  };
  const minutes = () =>
    history
      .view(8, clock.nowMs)
      .samples.map(({ timeMs, ratioPpm }) => [(timeMs - START_MS) / MINUTE_MS, ratioPpm]);
  return { history, clock, keeper, look, minutes };
}

test('a run goes on with what the one before it saw, and the time between them is a gap', async () => {
  const tables = new Map<string, MarginWindowRecord>();
  const first = runOver(tables, at(0));
  for (const minute of [0, 1, 5]) await first.look(minute, 100 + minute);
  const second = runOver(tables, at(8));
  await second.look(8, 300);
  expect(second.minutes()).toEqual([
    [0, 101],
    [1, 101],
    [5, 105],
    [8, 300],
  ]);
  expect(second.history.view(8, at(8)).sinceMs).toBe(at(0));
  // The window both saw is written whole.
  const third = runOver(tables, at(9));
  await third.look(9, 50);
  expect(third.minutes()).toEqual([
    [0, 101],
    [1, 101],
    [5, 300],
    [8, 300],
    [9, 50],
  ]);
});

test('nothing is written before the earlier was read, and only what is new or goes on afterwards', async () => {
  const tables = new Map([['8', { account: 8, startMs: at(0), sigmasE4: 9, ratioPpm: 7, seenMinutes: 1 }]]);
  const run = runOver(tables, at(3));
  run.clock.isLate = true;
  await run.look(3, 10);
  run.keeper.write();
  expect(run.clock.writtenCount).toBe(0);
  run.clock.isLate = false;
  await run.look(4, 10);
  expect(run.clock.writtenCount).toBe(1);
  await run.look(6, 10);
  expect(run.clock.writtenCount).toBe(3);
  await run.look(7, 10);
  expect(run.clock.writtenCount).toBe(4);
});

test('what is older than a day is not asked for', async () => {
  const tables = new Map<string, MarginWindowRecord>();
  await runOver(tables, at(0)).look(0, 5);
  const run = runOver(tables, at(2 * 1_440));
  await run.look(2 * 1_440, 6);
  expect(run.minutes()).toEqual([[2_880, 6]]);
});
