// Goal: who waits for a credit hears of their own deposit. How: two transactions that had one number, before and after the
// chain lost a block.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Credits } from './credits.ts';

const tx = (digit: string) => ({ transactionHash: `0x${digit.repeat(64)}` as const });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What has become of waiting: nothing, the credit, or why not. */
function watched(waiting: Promise<void>): { is: string } {
  const seen = { is: 'waits' };
  waiting.then(
    () => {
      seen.is = 'credited';
    },
    (error: Error) => {
      seen.is = error.message;
    },
  );
  return seen;
}

test('a deposit that is credited under the number of one that was lost is not taken for it', async () => {
  const credits = new Credits();
  const lost = watched(credits.of(tx('1')));
  const other = watched(credits.of(tx('2')));
  credits.made(tx('2'));
  await vi.advanceTimersByTimeAsync(1);
  expect([lost.is, other.is]).toEqual(['waits', 'credited']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(lost.is).toContain('unless the chain has lost it');
});

test('when the desk stops nobody waits on', async () => {
  const credits = new Credits();
  const waiting = watched(credits.of(tx('1')));
  credits.close();
  await vi.advanceTimersByTimeAsync(1);
  expect(waiting.is).toBe('The desk stops.');
});
