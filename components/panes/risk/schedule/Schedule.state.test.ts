import { expect, test } from 'vitest';
import { amountReason, multiplierReason, quietReason, quietText, scheduleTable } from './Schedule.state.ts';

const HOUR_MS = 3_600_000;
const USD = 1_000_000;

const multiplier = (underlying: string, nowPpm = 1_000_000, targetPpm = nowPpm, nextPpm = nowPpm) => ({
  underlying,
  nowPpm,
  targetPpm,
  nextPpm,
  steps: nextPpm === nowPpm ? [] : [{ atMs: 15 * HOUR_MS, muPpm: nextPpm }],
});

const multipliers = [
  multiplier('BTC'),
  multiplier('ETH', 1_120_000, 1_190_000, 1_176_000),
  multiplier('SOL'),
  multiplier('DOGE'),
];

const account = (number: number) => ({
  account: number,
  nowUsd: 900 * USD,
  thenUsd: 950 * USD,
  parts: [
    { underlying: 'BTC', nowUsd: 600 * USD, thenUsd: 600 * USD },
    { underlying: '', nowUsd: 300 * USD, thenUsd: 350 * USD },
  ],
});

test('rows are what is held or about to change, then the rest and the sum; the others are counted', () => {
  const { rows, quiet } = scheduleTable({ multipliers }, [account(1), account(2)]);
  expect(rows.map(({ id, nowUsd, thenUsd }) => [id, nowUsd / USD, thenUsd / USD])).toEqual([
    ['BTC', 1_200, 1_200],
    ['ETH', 0, 0],
    ['rest', 600, 700],
    ['total', 1_800, 1_900],
  ]);
  expect(quietText(quiet)).toBe('2 more at 1.00');
  expect(quietReason(quiet).inputs).toEqual([
    ['SOL', '1.00'],
    ['DOGE', '1.00'],
  ]);
  expect(quietText([multiplier('SOL'), multiplier('XRP', 1_100_000)])).toBe('2 more unchanged');
});

test('a multiplier says what new risk pays at once, and what is announced', () => {
  expect(multiplierReason(multipliers[1]!).inputs).toEqual([
    ['held risk now', '1.12'],
    ['target', '1.19'],
    ['new risk pays at once', '1.19'],
    ['15:00 UTC, announced', '1.18'],
  ]);
  expect(multiplierReason(multipliers[0]!).inputs.at(-1)).toEqual(['the hours ahead', 'unchanged']);
});

test('an amount says by how much it will change', () => {
  const [, , , total] = scheduleTable({ multipliers }, [account(1)]).rows;
  expect(amountReason(total!, 15 * HOUR_MS).inputs).toEqual([
    ['now', '900.00'],
    ['at 15:00 UTC, nothing else changing', '950.00'],
    ['change', '+50.00'],
  ]);
});
