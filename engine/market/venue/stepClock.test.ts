import { expect, test } from 'vitest';
import { StepClock } from './stepClock.ts';

test('time passes between steps, not before the first', () => {
  const clock = new StepClock(5_000);
  expect([1_000, 1_100, 1_250].map((nowMs) => clock.advance(nowMs))).toEqual([0, 100, 150]);
  expect(clock.activeMs).toBe(250);
});

test('a machine that slept is not made up for', () => {
  const clock = new StepClock(5_000);
  clock.advance(0);
  expect(clock.advance(3_600_000)).toBe(5_000);
});

test('a wall clock that is set back stops neither the market nor its reports', () => {
  const clock = new StepClock(5_000);
  clock.advance(10_000);
  expect(clock.advance(4_000)).toBe(0);
  expect(clock.advance(4_100)).toBe(100);
  expect(clock.latestMs).toBe(10_000);
});
