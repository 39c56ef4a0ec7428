// Goal: armed never lasts longer than somebody meant it to. How: a clock of the test's own.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ARMED_MS, arm, armingStore, disarm, isArmed, keepArmed } from './armingStore.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  disarm('asked');
  vi.useRealTimers();
});

test('armed ends after its minute and says so; a sent order renews it', () => {
  arm();
  vi.advanceTimersByTime(ARMED_MS - 1);
  expect(isArmed()).toBe(true);
  keepArmed();
  vi.advanceTimersByTime(ARMED_MS - 1);
  expect(isArmed()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(isArmed()).toBe(false);
  expect(armingStore.getState().note?.words).toBe('Safe: a minute passed without an order.');
});

test('what is safe is not armed by a sent order', () => {
  keepArmed();
  expect(isArmed()).toBe(false);
});

test('the first reason to disarm is the one that is told', () => {
  arm();
  disarm('blur');
  disarm('hidden');
  expect(armingStore.getState()).toMatchObject({
    untilMs: 0,
    note: { words: 'Safe: the window lost the focus.' },
  });
  arm();
  expect(armingStore.getState().note).toBeUndefined();
});

test('a machine that slept through its minute is safe before any timer ran', () => {
  arm();
  vi.setSystemTime(Date.now() + ARMED_MS);
  expect(isArmed()).toBe(false);
});
