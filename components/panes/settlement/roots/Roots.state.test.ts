import { expect, test } from 'vitest';
import { testNowMs, testSettlement } from '../../../../lib/testSettlement.ts';
import { costWords, rootRows } from './Roots.state.ts';

test('a root in dispute counts down, the newest final one is marked, older ones say no more', () => {
  const rows = rootRows(testSettlement, testNowMs);
  expect(rows.map(({ word, end }) => [word, end])).toEqual([
    ['dispute', '4:00'],
    ['final', 'newest final'],
    ['final', ''],
  ]);
  expect(rows[0]?.passed).toBeCloseTo(0.2);
  expect(rows[0]?.signed).toEqual([true, true, false]);
});

test('a dispute that is over by the clock ends, and is final only when the desk says so', () => {
  const [row] = rootRows(testSettlement, testNowMs + 400_000);
  expect([row?.word, row?.end, row?.passed]).toEqual(['dispute', 'ends', 1]);
});

test('what a root costs is said once one was posted', () => {
  expect(costWords(testSettlement)).toBe('212 k gas, 2 of 3 machines');
  expect(costWords({ ...testSettlement, roots: [] })).toBe('2 of 3 machines');
});
