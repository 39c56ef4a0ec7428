import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { STALE_AFTER_MS } from './freshness.ts';

const played: string[] = [];
vi.mock('./sounds/playSound.ts', () => ({ playSound: (name: string) => played.push(name) }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  played.length = 0;
});
afterEach(() => vi.useRealTimers());

const announcer = async () => (await import('./announceLink.ts')).announceLink;

test('a line that stays down sounds once, when everything on the screen is old', async () => {
  const announceLink = await announcer();
  for (const state of ['connecting', 'open', 'waiting'] as const) announceLink({ state });
  vi.advanceTimersByTime(STALE_AFTER_MS - 1);
  expect(played).toEqual([]);
  for (const state of ['connecting', 'waiting'] as const) announceLink({ state });
  vi.advanceTimersByTime(3 * STALE_AFTER_MS);
  expect(played).toEqual(['connection']);
  announceLink({ state: 'open' });
  announceLink({ state: 'waiting' });
  vi.advanceTimersByTime(STALE_AFTER_MS);
  expect(played).toEqual(['connection', 'connection']);
});

test('a break nobody saw, and a page that never had a line, are silent', async () => {
  const announceLink = await announcer();
  announceLink({ state: 'connecting' });
  vi.advanceTimersByTime(3 * STALE_AFTER_MS);
  for (const state of ['open', 'waiting', 'open'] as const) announceLink({ state });
  vi.advanceTimersByTime(3 * STALE_AFTER_MS);
  expect(played).toEqual([]);
});
