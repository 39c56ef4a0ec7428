import { expect, test } from 'vitest';
import { buckets } from './limits.ts';
import { isLoopback, TokenBuckets } from './tokenBuckets.ts';

test('an address gets its capacity at once, then what time refills', () => {
  let nowMs = 0;
  const limiter = new TokenBuckets(
    () => nowMs,
    () => false,
  );
  const { capacity, perSecond } = buckets.orders;
  for (let k = 0; k < capacity; k++) expect(limiter.take('orders', 'a')).toBe(true);
  expect(limiter.take('orders', 'a')).toBe(false);
  expect(limiter.take('orders', 'b')).toBe(true);
  nowMs += 1_000;
  for (let k = 0; k < perSecond; k++) expect(limiter.take('orders', 'a')).toBe(true);
  expect(limiter.take('orders', 'a')).toBe(false);
});

test('a trader who is out of orders can still cancel', () => {
  const limiter = new TokenBuckets(
    () => 0,
    () => false,
  );
  while (limiter.take('orders', 'a'));
  expect(limiter.take('cancels', 'a')).toBe(true);
});

test('loopback is exempt when the desk says so', () => {
  const limiter = new TokenBuckets(() => 0, isLoopback);
  for (let k = 0; k < 5_000; k++) expect(limiter.take('requests', '127.0.0.1')).toBe(true);
  expect(isLoopback('::ffff:127.0.0.1')).toBe(true);
  expect(isLoopback('10.0.0.1')).toBe(false);
});
