import { expect, test } from 'vitest';
import { ALTS, type Desk, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { accountViewOf } from '../views/account.ts';

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

test('a price pushed up lends nothing before it has lasted, and a pushed-down one costs at once', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 100_000 });
  desk.place({ account: ALTS, side: 0, sizeLots: 100_000 });
  const margin = () => accountViewOf(desk.engine, ALTS).margin;
  const before = margin();
  desk.wait(1_000).prices({ [BITCOIN]: 61_200, 1: 3_000 });
  const pushed = margin();
  // 10 BTC gained 12 000 USD, of which the average of the hour knows nothing.
  expect(pushed.equityUsd - before.equityUsd).toBe(12_000e6);
  expect(pushed.creditCutUsd / 12_000e6).toBeCloseTo(1, 4);
  expect(pushed.freeUsd).toBeLessThanOrEqual(before.freeUsd);
  expect(pushed.heldBackUsd).toBe(0);
  for (let minute = 0; minute < 60; minute++) desk.wait(MINUTE_MS).prices({ [BITCOIN]: 61_200, 1: 3_000 });
  expect(margin().creditCutUsd).toBe(0);
  desk.wait(1_000).prices({ [BITCOIN]: 60_000, 1: 3_000 });
  expect(margin().creditCutUsd).toBe(0);
  expect(margin().equityUsd).toBe(before.equityUsd);
});
