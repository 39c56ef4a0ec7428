import { expect, test } from 'vitest';
import { DAY_MS } from '../../units/time.ts';
import { bucketWaitMs } from './bucketWait.ts';

const bucket = { free: 250n, cap: 1_000n, windowMs: DAY_MS };

test.each([
  [1_000n, 0n, 0.75 * DAY_MS],
  [250n, 0n, 0],
  [250n, 1n, DAY_MS / 1_000],
  // What goes before may be more than a bucket holds: it is taken as it fills.
  [500n, 2_000n, 2.25 * DAY_MS],
  [1_001n, 0n, undefined],
])('%s behind %s wait %s', (amount, ahead, waitMs) => {
  expect(bucketWaitMs(bucket, amount, ahead)).toBe(waitMs);
});

test('it is never told a millisecond too early', () => {
  expect(bucketWaitMs({ free: 0n, cap: 7n, windowMs: 10 }, 1n, 0n)).toBe(2);
});

test('a bucket that holds nothing pays nothing', () => {
  expect(bucketWaitMs({ free: 0n, cap: 0n, windowMs: 1 }, 1n, 0n)).toBeUndefined();
});
