import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { Hawkes } from './hawkes.ts';

/** Events of each second. */
function bySecond(process: Hawkes, seconds: number): number[] {
  return Array.from({ length: seconds }, (_, second) => process.countUntil(second + 1));
}

/** Variance over mean: 1 for events that know nothing of each other. */
function dispersion(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean;
}

test('events come at the mean rate asked for, and in clusters', () => {
  const counts = bySecond(new Hawkes(new Random(1, 'hawkes'), 15.8, 1), 4_000);
  expect(counts.reduce((sum, count) => sum + count, 0) / 4_000 / 15.8).toBeCloseTo(1, 1);
  expect(dispersion(counts)).toBeGreaterThan(3);
});

test('a stretched clock makes events rarer without taking the clusters apart', () => {
  const counts = bySecond(new Hawkes(new Random(1, 'hawkes'), 15.8, 10), 20_000);
  expect(counts.reduce((sum, count) => sum + count, 0) / 20_000 / 1.58).toBeCloseTo(1, 1);
  expect(dispersion(counts)).toBeGreaterThan(2);
});

test('how often it is asked does not change when events happen', () => {
  const often = new Hawkes(new Random(3, 'hawkes'), 5, 1);
  const once = new Hawkes(new Random(3, 'hawkes'), 5, 1);
  let count = 0;
  for (let tenth = 1; tenth <= 1_000; tenth++) count += often.countUntil(tenth / 10);
  expect(count).toBe(once.countUntil(100));
});
