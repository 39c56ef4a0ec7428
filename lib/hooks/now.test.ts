// Goal: whatever shows time is drawn in one frame with the rest of it. How: a test's own time, and frames that come at once.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('../stores/frame.ts', () => ({ onNextFrame: (run: () => void) => run() }));
const { subscribeClock } = await import('./now.ts');

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_100 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('clocks strike at whole multiples of their interval, those of one moment together', () => {
  const told: string[] = [];
  const stops = [
    subscribeClock(250, (nowMs) => told.push(`quarter ${nowMs}`)),
    subscribeClock(1_000, (nowMs) => told.push(`whole ${nowMs}`)),
  ];
  vi.advanceTimersByTime(149);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['quarter 1000250']);
  vi.advanceTimersByTime(750);
  expect(told.slice(1, 3)).toEqual(['quarter 1000500', 'quarter 1000750']);
  expect(told.slice(3).sort()).toEqual(['quarter 1001000', 'whole 1001000']);
  for (const stop of stops) stop();
  vi.advanceTimersByTime(2_000);
  expect(told).toHaveLength(5);
});

test('a machine that slept hears the time it woke at, once', () => {
  const told: number[] = [];
  const stop = subscribeClock(250, (nowMs) => told.push(nowMs));
  vi.setSystemTime(5_000_003);
  vi.advanceTimersByTime(150);
  expect(told).toEqual([5_000_153]);
  stop();
});
