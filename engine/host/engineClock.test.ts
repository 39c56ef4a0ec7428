import { expect, test } from 'vitest';
import { EngineClock } from './engineClock.ts';

function clockAt(lastMs: number, start = { wall: 10_000, steady: 0 }) {
  const now = { ...start };
  const alarms: string[] = [];
  const clock = new EngineClock(
    { wallMs: () => now.wall, steadyMs: () => now.steady, alarm: (sentence) => alarms.push(sentence) },
    lastMs,
  );
  const advance = (wall: number, steady = wall) => {
    now.wall += wall;
    now.steady += steady;
  };
  return { clock, advance, alarms };
}

test('engine time is wall time while that runs forward', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(250);
  expect(clock.nowMs()).toBe(10_250);
  expect(alarms).toEqual([]);
});

test('time never runs back: it stands until the wall clock has caught up, and says so', () => {
  const { clock, advance, alarms } = clockAt(0);
  expect(clock.nowMs()).toBe(10_000);
  advance(-5_000, 10);
  expect(clock.nowMs()).toBe(10_000);
  advance(5_100);
  expect(clock.nowMs()).toBe(10_100);
  expect(alarms).toEqual(['The wall clock jumped by -5010 ms.']);
});

test('a step under a second is not worth an alarm', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(900, 10);
  clock.nowMs();
  expect(alarms).toEqual([]);
});

test('a journal from the future holds time until the wall clock gets there', () => {
  const { clock, alarms } = clockAt(60_000);
  expect(clock.nowMs()).toBe(60_000);
  expect(alarms[0]).toMatch(/50000 ms behind/);
});
