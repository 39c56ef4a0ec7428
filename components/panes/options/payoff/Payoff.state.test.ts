import { expect, test } from 'vitest';
import { payoffPicture } from './Payoff.state.ts';

const call = [80, 90, 100, 110, 120].map((price) => ({
  priceE8: price * 1e8,
  nowUsd: (price - 100) * 5,
  expiryUsd: Math.max(0, price - 100) * 10 - 50,
}));

test('a bought call loses its premium below the strike and crosses zero above it', () => {
  const picture = payoffPicture({ points: call, indexE8: 100e8 })!;
  expect([picture.leastUsd, picture.mostUsd]).toEqual([-100, 150]);
  expect(picture.breakEvensE8).toEqual([105e8]);
  expect(picture.index).toBe(0.5);
  const heights = picture.atExpiry.map(([, y]) => y);
  expect(heights[0]).toBe(heights[2]);
  expect(heights[4]!).toBeLessThan(picture.zero);
  expect(heights[0]!).toBeGreaterThan(picture.zero);
});

test('without legs there is nothing to draw', () => {
  expect(payoffPicture({ points: [], indexE8: 1 })).toBeUndefined();
  const flat = call.map((point) => ({ ...point, nowUsd: 0, expiryUsd: 0 }));
  expect(payoffPicture({ points: flat, indexE8: 100e8 })).toBeUndefined();
});
