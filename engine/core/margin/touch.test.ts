import { expect, test } from 'vitest';
import { touchPpmAt } from './touch.ts';

test.each([
  [0, 1_000_000],
  [1, 200_000],
  [1.5, 130_000],
  [2, 60_000],
  [2.5, 42_500],
  [3, 25_000],
  [4, 10_000],
  [50, 10_000],
])('%d σ are touched on %d of a million days', (sigmas, ppm) => {
  expect(touchPpmAt(sigmas)).toBe(ppm);
});
