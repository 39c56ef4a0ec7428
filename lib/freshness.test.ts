import { expect, test } from 'vitest';
import type { MarkView } from '../engine/protocol/views/market.ts';
import type { BookFrame, Link, Pulse } from './feed/messages.ts';
import { bookFreshness, feedFreshness, markFreshness } from './freshness.ts';

const open: Link = { state: 'open', build: 'b', isPaused: false };
const pulse: Pulse = { seq: 9, timeMs: 10_000, sentMs: 10_000, receivedMs: 10_000, rttMs: 1 };
const book = {
  bids: [[100, 1, 1]],
  asks: [[101, 1, 1]],
  receivedMs: 4_000,
  resyncs: 0,
} as unknown as BookFrame;
const mark = { timeMs: 9_900 } as MarkView;

test('a quiet book is fresh while the feed is heard', () => {
  expect(bookFreshness(book, { link: open, pulse, nowMs: 11_900 })).toEqual({ face: 'fresh', ageMs: 1_900 });
});

test('silence over two seconds is stale, with its age', () => {
  expect(feedFreshness({ link: open, pulse, nowMs: 12_001 })).toMatchObject({ face: 'stale', ageMs: 2_001 });
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
  expect(bookFreshness(undefined, clockwork).face).toBe('unknown');
  expect(markFreshness(undefined, clockwork).face).toBe('unknown');
  expect(feedFreshness({ ...clockwork, pulse: undefined }).face).toBe('unknown');
  expect(bookFreshness({ ...book, bids: [[101, 1, 1]] }, clockwork).face).toBe('wrong');
  expect(bookFreshness({ ...book, resyncs: 2 }, clockwork)).toMatchObject({ face: 'stale', ageMs: 6_000 });
});
