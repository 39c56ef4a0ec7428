import { describe, expect, test } from 'vitest';
import { volShocks } from './volShock.ts';

describe('volatility shocks', () => {
  test.each([
    [30, 1.5, 0.75],
    [1, 2.387096, 0.306452],
    [0.1, 2.387096, 0.306452],
    [7, 1.773708, 0.613146],
    [90, 1.433455, 0.783272],
    [200, 1.4, 0.804642],
  ])('at %d days are %d and %d', (days, up, down) => {
    expect(volShocks(days).up).toBeCloseTo(up, 6);
    expect(volShocks(days).down).toBeCloseTo(down, 6);
  });

  test('never move less up than 40 %', () => {
    for (let days = 1; days < 2_000; days += 7) expect(volShocks(days).up).toBeGreaterThanOrEqual(1.4);
  });
});
