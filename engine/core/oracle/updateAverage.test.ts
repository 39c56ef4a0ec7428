import { expect, test } from 'vitest';
import { type Desk, openDesk } from '../../lab/fixtures/desk.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';

/** Underlyings of the sandbox. */
const BITCOIN = 0;

function average(desk: Desk) {
  const { averageE8, gap } = desk.engine.state.averages.columns;
  return { usd: averageE8[BITCOIN]! / 1e8, gapPpm: Math.round(gap[BITCOIN]! * 1e6) };
}

test('one sample a minute counts, whatever happens within it', () => {
  const desk = openDesk();
  for (const usd of [60_100, 60_200, 60_300]) desk.wait(10_000).prices({ [BITCOIN]: usd });
  expect(average(desk)).toEqual({ usd: 60_000, gapPpm: Math.round((60_000 / 60_300 - 1) * 1e6) });
  desk.wait(30_000).prices({ [BITCOIN]: 60_300 });
  expect(average(desk).usd).toBe(60_150);
});

test('the average forgets what is an hour old', () => {
  const desk = openDesk();
  for (let minute = 0; minute < 60; minute++) desk.wait(MINUTE_MS).prices({ [BITCOIN]: 61_000 });
  expect(average(desk)).toEqual({ usd: 61_000, gapPpm: 0 });
});

test('a silence leaves no sample: what was seen within the hour is averaged', () => {
  const desk = openDesk();
  desk.wait(50 * MINUTE_MS).prices({ [BITCOIN]: 61_000 });
  expect(average(desk).usd).toBe(60_500);
  desk.wait(HOUR_MS).prices({ [BITCOIN]: 62_000 });
  expect(average(desk)).toEqual({ usd: 62_000, gapPpm: 0 });
});
