import type { AccountView } from '../engine/protocol/views/account.ts';
import type { MarkView } from '../engine/protocol/views/market.ts';
import type { BookFrame } from './feed/bookFrame.ts';
import type { ChannelStatus, Link, Pulse } from './feed/messages.ts';

/** Older than this a price is not shown as live and no order goes out on it. */
export const STALE_AFTER_MS = 2_000;

/**
 * Silence is told earlier, after three heartbeats of half a second that did not come: faces are looked at four times a
 * second and drawn a frame later, the last word was heard a little after it was said, and two seconds after it the screen
 * must say so, on a busy machine too.
 */
const SILENT_AFTER_MS = 1_500;

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

/** Whether a face may stay as it is drawn: ages count in tenths of a second, and that of what is fresh not at all. */
export function looksSame(a: Freshness, b: Freshness): boolean {
  if (a.face === 'stale' && b.face === 'stale')
    return a.reason === b.reason && Math.floor(a.ageMs / 100) === Math.floor(b.ageMs / 100);
  if (a.face === 'wrong' && b.face === 'wrong') return a.reason === b.reason;
  return a.face === b.face;
}

/** How long ago the server was last heard, how late that was, and how far its engine lagged when it spoke. */
export function feedFreshness({ link, pulse, nowMs }: Clockwork): Freshness {
  if (pulse === undefined) return { face: 'unknown' };
  // What waited on the way, or in a page that was asleep, was old when it came.
  const silentMs = Math.max(0, nowMs - pulse.receivedMs) + pulse.delayMs;
  if (link?.state !== 'open') return { face: 'stale', ageMs: silentMs, reason: 'The connection is down.' };
  if (silentMs > SILENT_AFTER_MS) return { face: 'stale', ageMs: silentMs, reason: 'The feed is silent.' };
  // A paused market has no commands of its own, so its engine time stands still by design.
  const lagMs = link.isPaused ? 0 : Math.max(0, pulse.sentMs - pulse.timeMs);
  if (lagMs > STALE_AFTER_MS)
    return { face: 'stale', ageMs: lagMs + silentMs, reason: 'The engine is silent.' };
  return { face: 'fresh', ageMs: silentMs };
}

/** A quiet book is fresh as long as the feed is: what counts is that a change would have come. */
export function bookFreshness(
  book: BookFrame | undefined,
  channel: ChannelStatus | undefined,
  clockwork: Clockwork,
): Freshness {
  if (book === undefined) return { face: 'unknown' };
  const bid = book.bids[0];
  const ask = book.asks[0];
  if (bid !== undefined && ask !== undefined && bid[0] >= ask[0]) {
    return { face: 'wrong', reason: 'Best bid is not below best ask.' };
  }
  return heldFreshness(channel, clockwork) ?? feedFreshness(clockwork);
}

/** Orders come at once and the view with its numbers a little later: it is as old as the engine time it was computed at. */
export function accountFreshness(
  view: AccountView | undefined,
  channel: ChannelStatus | undefined,
  clockwork: Clockwork,
): Freshness {
  const feed = feedFreshness(clockwork);
  if (view === undefined || feed.face === 'unknown') return { face: 'unknown' };
  const held = heldFreshness(channel, clockwork);
  if (held !== undefined || feed.face !== 'fresh') return held ?? feed;
  return agedBy(view.timeMs, clockwork, feed.ageMs, 'The account is computed late.');
}

/** A channel with a break in it is held where it was, whatever else is heard. */
function heldFreshness(
  channel: ChannelStatus | undefined,
  { link, nowMs }: Clockwork,
): Freshness | undefined {
  if (channel === undefined || channel.isCurrent || link?.state !== 'open') return undefined;
  const ageMs = Math.max(0, nowMs - channel.sinceMs);
  const reason =
    channel.resyncs > 0 ? `Resync asked, attempt ${channel.resyncs}.` : 'Resuming after a break.';
  return { face: 'stale', ageMs, reason };
}

/** A mark is as old as its last price report, by engine time, plus how long the engine was not heard. */
export function markFreshness(mark: MarkView | undefined, clockwork: Clockwork): Freshness {
  const feed = feedFreshness(clockwork);
  if (mark === undefined || feed.face === 'unknown') return { face: 'unknown' };
  if (feed.face !== 'fresh') return feed;
  return agedBy(mark.timeMs, clockwork, feed.ageMs, 'No price report reached the mark.');
}

/** Age by engine time on top of the feed's own; on a paused market engine time stands still, and so do ages. */
function agedBy(timeMs: number, { link, pulse }: Clockwork, feedAgeMs: number, reason: string): Freshness {
  if (pulse === undefined || (link?.state === 'open' && link.isPaused))
    return { face: 'fresh', ageMs: feedAgeMs };
  const ageMs = Math.max(0, pulse.timeMs - timeMs) + feedAgeMs;
  return ageMs > STALE_AFTER_MS ? { face: 'stale', ageMs, reason } : { face: 'fresh', ageMs };
}
