import { expect, test } from 'vitest';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { MarkView } from '../engine/protocol/views/market.ts';
import type { BookFrame } from './feed/bookFrame.ts';
import type { ChannelStatus, Link, Pulse } from './feed/messages.ts';
import { accountFreshness, bookFreshness, feedFreshness, markFreshness } from './freshness.ts';

const open: Link = { state: 'open', build: 'b', isPaused: false };
const pulse: Pulse = {
  seq: 9,
  timeMs: 10_000,
  sentMs: 10_000,
  receivedMs: 10_000,
  delayMs: 0,
  messagesPerSecond: 25,
  rttMs: 1,
};
const current: ChannelStatus = {
  channel: { kind: 'market', key: 3 },
  isCurrent: true,
  sinceMs: 4_000,
  resyncs: 0,
};
const book = {
  bids: [[100, 1, 1]],
  asks: [[101, 1, 1]],
} as unknown as BookFrame;
const mark = { timeMs: 9_900 } as MarkView;

test('a quiet book is fresh while the feed is heard', () => {
  expect(bookFreshness(book, current, { link: open, pulse, nowMs: 11_500 })).toEqual({
    face: 'fresh',
    ageMs: 1_500,
  });
});

test('silence is stale after three heartbeats that did not come, with its age', () => {
  expect(feedFreshness({ link: open, pulse, nowMs: 11_501 })).toMatchObject({ face: 'stale', ageMs: 1_501 });
});

test('a closed socket is stale at once', () => {
  const link: Link = { state: 'waiting', attempt: 1, retryAtMs: 0 };
  expect(feedFreshness({ link, pulse, nowMs: 10_100 })).toMatchObject({ face: 'stale', ageMs: 100 });
});

test('an engine that stands still while its host speaks is stale, unless the market is paused', () => {
  const late = { ...pulse, sentMs: 13_000, receivedMs: 13_000 };
  expect(feedFreshness({ link: open, pulse: late, nowMs: 13_000 })).toMatchObject({
    face: 'stale',
    ageMs: 3_000,
  });
  const paused: Link = { ...open, isPaused: true };
  expect(feedFreshness({ link: paused, pulse: late, nowMs: 13_000 }).face).toBe('fresh');
  expect(markFreshness({ ...mark, timeMs: 1 }, { link: paused, pulse: late, nowMs: 13_000 }).face).toBe(
    'fresh',
  );
});

test('a mark ages by engine time and by silence together', () => {
  expect(markFreshness(mark, { link: open, pulse, nowMs: 11_000 })).toEqual({ face: 'fresh', ageMs: 1_100 });
  const old = { ...mark, timeMs: 8_500 };
  expect(markFreshness(old, { link: open, pulse, nowMs: 10_600 })).toMatchObject({
    face: 'stale',
    ageMs: 2_100,
  });
});

test('what never came is unknown and a crossed book is wrong', () => {
  const clockwork = { link: open, pulse, nowMs: 10_000 };
  expect(bookFreshness(undefined, undefined, clockwork).face).toBe('unknown');
  expect(markFreshness(undefined, clockwork).face).toBe('unknown');
  expect(feedFreshness({ ...clockwork, pulse: undefined }).face).toBe('unknown');
  expect(bookFreshness({ ...book, bids: [[101, 1, 1]] }, current, clockwork).face).toBe('wrong');
});

test('a channel with a break in it is held, whatever else is heard, and says what it waits for', () => {
  const clockwork = { link: open, pulse, nowMs: 10_000 };
  const held = { ...current, isCurrent: false };
  expect(bookFreshness(book, held, clockwork)).toEqual({
    face: 'stale',
    ageMs: 6_000,
    reason: 'Resuming after a break.',
  });
  expect(bookFreshness(book, { ...held, resyncs: 2 }, clockwork)).toMatchObject({
    reason: 'Resync asked, attempt 2.',
  });
});

test('what was late on the way is as old as it is late', () => {
  const late = { ...pulse, delayMs: 2_500 };
  expect(feedFreshness({ link: open, pulse: late, nowMs: 10_000 })).toMatchObject({
    face: 'stale',
    ageMs: 2_500,
  });
});

test('an account is as old as the engine time it was computed at', () => {
  const clockwork = { link: open, pulse, nowMs: 10_100 };
  const view = (timeMs: number) => ({ timeMs }) as AccountView;
  expect(accountFreshness(view(9_800), current, clockwork)).toEqual({ face: 'fresh', ageMs: 300 });
  expect(accountFreshness(view(7_000), current, clockwork)).toMatchObject({ face: 'stale', ageMs: 3_100 });
  expect(accountFreshness(undefined, current, clockwork)).toEqual({ face: 'unknown' });
  const paused: Link = { ...open, isPaused: true };
  expect(accountFreshness(view(1), current, { ...clockwork, link: paused }).face).toBe('fresh');
});
