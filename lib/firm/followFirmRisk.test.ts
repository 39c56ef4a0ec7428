import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followFirmRisk, refreshFirmRisk } from './followFirmRisk.ts';

// Goal: who has just changed something sees it, however slow the desk is. How: a desk that answers when the test says so.

let asked = 0;
let answer: () => void = () => {};
const life = { end: () => {} };

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  vi.stubGlobal('fetch', () => {
    asked++;
    return new Promise<Response>((resolve) => {
      answer = () => resolve(Response.json({ accounts: [] }));
    });
  });
  const controller = new AbortController();
  life.end = () => controller.abort();
  void followFirmRisk(controller.signal);
});

afterEach(() => {
  life.end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function answerAfter(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  answer();
  await vi.advanceTimersByTimeAsync(0);
}

test('a desk that is slow to answer is asked less often', async () => {
  await answerAfter(2_000);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked).toBe(2);
});

test('after a change of one’s own it is asked at once', async () => {
  await answerAfter(2_000);
  refreshFirmRisk();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(2);
});

test('an answer that was on its way while something changed is followed by a question at once', async () => {
  await vi.advanceTimersByTimeAsync(1_000);
  refreshFirmRisk();
  await answerAfter(1_000);
  expect(asked).toBe(2);
  await answerAfter(1_000);
  expect(asked).toBe(2);
});
