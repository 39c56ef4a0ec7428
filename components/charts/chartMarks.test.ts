import { expect, test } from 'vitest';
import { clusterLines } from './chartMarks.ts';

test('orders within eleven pixels share a pill, and a chain of near ones does not grow without end', () => {
  const lines = [5, 0, 10, 12, 40].map((y) => ({ y }));
  expect(clusterLines(lines).map((cluster) => cluster.map(({ y }) => y))).toEqual([[0, 5, 10], [12], [40]]);
  expect(clusterLines([])).toEqual([]);
});
