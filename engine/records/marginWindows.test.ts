import { expect, test } from 'vitest';
import { HOUR_MS } from '../units/time.ts';
import { createTables, openDatabase } from './database.ts';
import { marginWindowsFrom, writeMarginWindows } from './marginWindows.ts';

test('windows of margins stand in place of what was known of them, and a day before the newest they go', async () => {
  const database = await openDatabase();
  await createTables(database);
  const window = (account: number, startMs: number, ratioPpm: number) => ({
    account,
    startMs,
    sigmasE4: 25_000,
    ratioPpm,
    seenMinutes: 3,
  });
  await writeMarginWindows(database, [window(8, 0, 10), window(9, 300_000, 20)]);
  await writeMarginWindows(database, [window(8, 300_000, 30), window(9, 300_000, -1)]);
  const kept = () => marginWindowsFrom(database, 0);
  expect(await kept()).toEqual([window(8, 0, 10), window(8, 300_000, 30), window(9, 300_000, -1)]);
  expect(await marginWindowsFrom(database, 1)).toHaveLength(2);
  await writeMarginWindows(database, [window(8, 24 * HOUR_MS + 300_000, 40)]);
  expect((await kept()).map(({ startMs }) => startMs)).toEqual([300_000, 300_000, 24 * HOUR_MS + 300_000]);
  await database.$client.close();
});
