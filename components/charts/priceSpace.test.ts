import { expect, test } from 'vitest';
import { isSameSpace, type PriceSpace, ticksAt, yOf } from './priceSpace.ts';

const space: PriceSpace = { width: 600, height: 400, topTicks: 650_000.5, bottomTicks: 590_000.5 };

test('a price stands between the prices of the edges', () => {
  expect(yOf(space, 650_000.5)).toBe(0);
  expect(yOf(space, 620_000.5)).toBe(200);
});

test('where a pixel is many ticks a height is a round number of them, next to where it points', () => {
  expect(ticksAt(space, 200)).toBe(620_000);
  for (const ticks of [600_000, 620_100, 649_900]) expect(ticksAt(space, yOf(space, ticks))).toBe(ticks);
  expect(ticksAt(space, 201) % 100).toBe(0);
});

test('where a tick is many pixels every tick can be pointed at', () => {
  const fine: PriceSpace = { width: 1, height: 100, topTicks: 110, bottomTicks: 100 };
  for (let ticks = 100; ticks <= 110; ticks++) expect(ticksAt(fine, yOf(fine, ticks))).toBe(ticks);
  expect(ticksAt(fine, 14)).toBe(109);
  expect(ticksAt(fine, 16)).toBe(108);
});

test('outside the plot a height is its edge, and no price is under one tick', () => {
  expect(ticksAt(space, -50)).toBe(650_000);
  expect(ticksAt(space, 4_000)).toBe(590_001);
  expect(ticksAt({ ...space, topTicks: 3, bottomTicks: -9 }, 400)).toBe(1);
});

test('a space is the same while neither the plot nor its prices moved', () => {
  expect(isSameSpace(space, { ...space })).toBe(true);
  expect(isSameSpace(space, { ...space, topTicks: 650_000 })).toBe(false);
  expect(isSameSpace(undefined, undefined)).toBe(true);
  expect(isSameSpace(undefined, space)).toBe(false);
});
