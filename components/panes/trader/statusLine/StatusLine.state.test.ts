import { expect, test } from 'vitest';
import type { ConnectionView } from '../../../../lib/hooks/connection.ts';
import { feedWords, remainingText } from './StatusLine.state.ts';

const live = {
  state: 'live',
  ageMs: 400,
  attempt: 0,
  retryAtMs: undefined,
  isPaused: false,
} as ConnectionView;

test('the feed says what it is, how old it is and when it tries again', () => {
  expect(feedWords(live, 0)).toEqual({ words: 'live', tone: 'calm' });
  expect(feedWords({ ...live, isPaused: true }, 0)).toEqual({ words: 'market paused', tone: 'warn' });
  expect(feedWords({ ...live, state: 'connecting' }, 0)).toEqual({ words: 'connecting', tone: 'warn' });
  expect(feedWords({ ...live, state: 'stale', ageMs: 7_400 }, 0)).toEqual({
    words: 'stale 7.4 s',
    tone: 'danger',
  });
  const offline = {
    ...live,
    state: 'offline',
    ageMs: 7_400,
    attempt: 3,
    retryAtMs: 12_000,
  } as ConnectionView;
  expect(feedWords(offline, 10_100).words).toBe('offline 7.4 s, attempt 3, next try in 2 s');
});

test('the armed minute counts down in whole seconds and never shows the one it is over at', () => {
  expect([60_000, 51_200, 999, 1].map(remainingText)).toEqual(['1:00', '0:52', '0:01', '0:01']);
});
