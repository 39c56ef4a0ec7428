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

test('P7: time never runs back: it stands until the wall clock has caught up, and says so', () => {
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

test('a clock that jumps ahead is not followed at once: what the journal has ended cannot be taken back', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(3_600_000, 10);
  expect(clock.nowMs()).toBe(10_010);
  advance(1_000);
  expect(clock.nowMs()).toBe(11_010);
  expect(alarms).toEqual([
    'The wall clock jumped ahead by 3599990 ms. Engine time follows if it stays there for 5 s.',
  ]);
});

test('a slip that is put right is never followed', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(3_600_000, 10);
  clock.nowMs();
  advance(-3_599_000, 990);
  expect(clock.nowMs()).toBe(11_000);
  advance(10_000);
  expect(clock.nowMs()).toBe(21_000);
  expect(alarms).toHaveLength(1);
});

test('a machine that slept is believed after five seconds', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(3_600_000, 0);
  expect(clock.nowMs()).toBe(10_000);
  advance(4_999);
  expect(clock.nowMs()).toBe(14_999);
  advance(1);
  expect(clock.nowMs()).toBe(3_615_000);
  advance(100);
  expect(clock.nowMs()).toBe(3_615_100);
  expect(alarms[1]).toBe('Engine time follows the wall clock, 3600000 ms ahead.');
  expect(alarms).toHaveLength(2);
});

test('another jump while one is doubted begins the doubt again', () => {
  const { clock, advance, alarms } = clockAt(0);
  advance(3_600_000, 0);
  clock.nowMs();
  advance(3_604_000, 4_000);
  expect(clock.nowMs()).toBe(14_000);
  advance(4_000);
  expect(clock.nowMs()).toBe(18_000);
  expect(alarms).toHaveLength(2);
});
