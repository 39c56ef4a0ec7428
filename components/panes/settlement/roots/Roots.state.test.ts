import { expect, test } from 'vitest';
import { testNowMs, testSettlement } from '../../../../lib/testSettlement.ts';
import { costWords, machineLines, rootRows, waitingWords } from './Roots.state.ts';

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

test('machines that are not ready are counted, and each says why', () => {
  const [first, ...others] = testSettlement.signers.each;
  const sentence = 'It has replayed up to seq 7 and is asked about seq 9.';
  const guardian = { ...first!, sentence: 'Root 7 is the journal’s.' };
  const each = [{ ...first!, state: 'behind' as const, sentence }, ...others];
  const view = { ...testSettlement, signers: { ...testSettlement.signers, each, guardian } };
  expect(costWords(view)).toBe('212 k gas, 2 of 3 machines, 1 not ready');
  const lines = machineLines(view).split('\n');
  expect(lines[0]).toBe(`${first!.address.slice(0, 10)} behind. ${sentence}`);
  expect([lines.length, lines[3]]).toEqual([4, 'guardian ready. Root 7 is the journal’s.']);
});

test('a root that waits for its signatures says why, and no other does', () => {
  expect(waitingWords(testSettlement)).toBeUndefined();
  const [posted] = testSettlement.roots;
  const sentence = 'Root 8 has 1 of 2 signatures.';
  const waiting = { ...posted!, epoch: 8, state: 'signing' as const, sentence };
  const view = { ...testSettlement, roots: [waiting, ...testSettlement.roots] };
  expect(waitingWords(view)).toBe(sentence);
  expect(rootRows(view, testNowMs)[0]).toMatchObject({ word: 'signing', end: '', passed: undefined });
});
