import { expect, test } from 'vitest';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { crossedLevels } from './useLevelCrossings.ts';

const levels = [
  { id: 1, price: '62400' },
  { id: 2, price: '62500' },
  { id: 3, price: '62450', crossedMs: 7 },
];
const ids = (before: number, now: number) => crossedLevels(levels, btcPerp, before, now).map(({ id }) => id);

test('a level is crossed when trades reach it, from either side, and says so once', () => {
  expect(ids(623_990, 624_000)).toEqual([1]);
  expect(ids(623_000, 626_000)).toEqual([1, 2]);
  expect(ids(625_010, 625_000)).toEqual([2]);
  expect(ids(624_000, 624_900)).toEqual([]);
});

test('leaving a level is not crossing it again', () => {
  expect(ids(624_000, 623_000)).toEqual([]);
  expect(ids(625_000, 626_000)).toEqual([]);
});
