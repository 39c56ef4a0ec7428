import type { MarkView } from '../engine/protocol/views/market.ts';
import type { BookFrame, Link, Pulse } from './feed/messages.ts';

/** Older than this a price is not shown as live and no order goes out on it. */
export const STALE_AFTER_MS = 2_000;

/** The four faces of every value. Unknown is never shown as 0, stale never without its age. */
export type Freshness =
  | { face: 'fresh'; ageMs: number }
  | { face: 'stale'; ageMs: number; reason: string }
  | { face: 'unknown' }
  | { face: 'wrong'; reason: string };

export interface Clockwork {
  link: Link | undefined;
  pulse: Pulse | undefined;
  nowMs: number;
}

/** How long ago the server was last heard, and how far its engine lagged when it spoke. */
export function feedFreshness({ link, pulse, nowMs }: Clockwork): Freshness {
  if (pulse === undefined) return { face: 'unknown' };
  const silentMs = Math.max(0, nowMs - pulse.receivedMs);
  if (link?.state !== 'open') return { face: 'stale', ageMs: silentMs, reason: 'The connection is down.' };
  if (silentMs > STALE_AFTER_MS) return { face: 'stale', ageMs: silentMs, reason: 'The feed is silent.' };
  // A paused market has no commands of its own, so its engine time stands still by design.
  const lagMs = link.isPaused ? 0 : Math.max(0, pulse.sentMs - pulse.timeMs);
  if (lagMs > STALE_AFTER_MS)
    return { face: 'stale', ageMs: lagMs + silentMs, reason: 'The engine is silent.' };
  return { face: 'fresh', ageMs: silentMs };
}

/** A quiet book is fresh as long as the feed is: what counts is that a change would have come. */
export function bookFreshness(book: BookFrame | undefined, clockwork: Clockwork): Freshness {
  if (book === undefined) return { face: 'unknown' };
  const bid = book.bids[0];
  const ask = book.asks[0];
  if (bid !== undefined && ask !== undefined && bid[0] >= ask[0]) {
    return { face: 'wrong', reason: 'Best bid is not below best ask.' };
  }
  if (book.resyncs > 0) {
    const ageMs = Math.max(0, clockwork.nowMs - book.receivedMs);
    return { face: 'stale', ageMs, reason: `Resync asked, attempt ${book.resyncs}.` };
  }
  return feedFreshness(clockwork);
}

/** A mark is as old as its last price report, by engine time, plus how long the engine was not heard. */
export function markFreshness(mark: MarkView | undefined, clockwork: Clockwork): Freshness {
  const feed = feedFreshness(clockwork);
  if (mark === undefined || feed.face === 'unknown') return { face: 'unknown' };
  if (feed.face !== 'fresh' || clockwork.pulse === undefined) return feed;
  if (clockwork.link?.state === 'open' && clockwork.link.isPaused) return feed;
  const ageMs = Math.max(0, clockwork.pulse.timeMs - mark.timeMs) + feed.ageMs;
  if (ageMs > STALE_AFTER_MS) return { face: 'stale', ageMs, reason: 'No price report reached the mark.' };
  return { face: 'fresh', ageMs };
}
