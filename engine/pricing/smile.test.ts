import { expect, test } from 'vitest';
import { black76 } from './black76.ts';
import { smileOf } from './smile.ts';

const priceAt = (strike: number, isCall: boolean) => ({
  strike,
  isCall,
  price: black76(2_000, strike, 0.6, 0.1, isCall),
});

test('a smile takes the side out of the money of each strike, and counts the middle most', () => {
  const prices = [1_600, 2_000, 2_500].flatMap((strike) => [priceAt(strike, true), priceAt(strike, false)]);
  const { forward, years, points } = smileOf(2_000, 0.1, prices);
  expect([forward, years]).toEqual([2_000, 0.1]);
  expect(points.map(({ strike }) => strike)).toEqual([1_600, 2_000, 2_500]);
  for (const { volatility } of points) expect(volatility).toBeCloseTo(0.6, 11);
  expect(points[1]!.weight).toBeGreaterThan(Math.max(points[0]!.weight, points[2]!.weight));
});

test('a price that no volatility gives says nothing', () => {
  const prices = [0, -1, 3_000, Number.NaN].map((price) => ({ strike: 2_500, isCall: true, price }));
  expect(smileOf(2_000, 0.1, prices).points).toEqual([]);
});
