import { expect, test } from 'vitest';
import { exitCodeOf, replayRows, signedRows } from './rows.ts';

const signed = { answerP50Ms: 1, answerP99Ms: 2 };

test('a strict run ends with 1 where one goal is short, and where none was measured', () => {
  const held = [
    ...signedRows({ ...signed, perSecond: 10_000 }),
    ...replayRows({ replayPerSecond: 500_000, hash: '' }),
  ];
  expect(held.map(({ isHeld }) => isHeld)).toEqual([true, true]);
  expect(exitCodeOf(held)).toBe(0);
  expect(exitCodeOf([...held, ...signedRows({ ...signed, perSecond: 9_999 })])).toBe(1);
  expect(exitCodeOf([...held, ...signedRows({ ...signed, perSecond: Number.NaN })])).toBe(1);
  expect(exitCodeOf([])).toBe(1);
});
