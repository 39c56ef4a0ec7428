import { bookFreshness, type Clockwork, type Freshness, feedFreshness, markFreshness } from '../freshness.ts';
import { acknowledgements, link, pulse, roundTrips, ticksToFrame } from '../stores/connectionStore.ts';
import { useKeyed } from './keyed.ts';
import { useBook, useMark } from './market.ts';
import { useNow } from './now.ts';

/** How often ages are shown anew: often enough that 2 s is never 2.3 s. */
const AGE_INTERVAL_MS = 250;

export interface ConnectionView {
  state: 'connecting' | 'live' | 'stale' | 'offline';
  /** Last sequence heard of; undefined before the first. */
  seq: number | undefined;
  /** Since the last message; undefined before the first. */
  ageMs: number | undefined;
  /** Tries since the socket last was open. */
  attempt: number;
  retryAtMs: number | undefined;
  isPaused: boolean;
  build: string;
  /** Round trip of pings. */
  rttP50Ms: number | undefined;
  rttP99Ms: number | undefined;
  /** Order sent → engine's durable answer. */
  ackP50Ms: number | undefined;
  ackP99Ms: number | undefined;
  /** Server's sending → frame on this screen. */
  tickToFrameP99Ms: number | undefined;
}

export function useConnection(): ConnectionView {
  const clockwork = useClockwork();
  const { link: now, pulse: last } = clockwork;
  return {
    state: stateOf(clockwork),
    seq: last?.seq,
    ageMs: last === undefined ? undefined : Math.max(0, clockwork.nowMs - last.receivedMs),
    attempt: now?.state === 'connecting' || now?.state === 'waiting' ? now.attempt : 0,
    retryAtMs: now?.state === 'waiting' ? now.retryAtMs : undefined,
    isPaused: now?.state === 'open' && now.isPaused,
    build: now?.state === 'open' ? now.build : '',
    rttP50Ms: roundTrips.percentile(0.5),
    rttP99Ms: roundTrips.percentile(0.99),
    ackP50Ms: acknowledgements.percentile(0.5),
    ackP99Ms: acknowledgements.percentile(0.99),
    tickToFrameP99Ms: ticksToFrame.percentile(0.99),
  };
}

function stateOf(clockwork: Clockwork): ConnectionView['state'] {
  const { link: now } = clockwork;
  if (now === undefined || now.state === 'closed') return 'connecting';
  if (now.state === 'connecting') return now.attempt > 1 ? 'offline' : 'connecting';
  if (now.state === 'waiting') return 'offline';
  const feed = feedFreshness(clockwork);
  if (feed.face === 'unknown') return 'connecting';
  return feed.face === 'fresh' ? 'live' : 'stale';
}

/** Face of everything that comes with the feed: account, positions, orders. */
export function useFeedFreshness(): Freshness {
  return feedFreshness(useClockwork());
}

export function useBookFreshness(instrument: number): Freshness {
  const book = useBook(instrument);
  return bookFreshness(book, useClockwork());
}

export function useMarkFreshness(instrument: number): Freshness {
  const mark = useMark(instrument);
  return markFreshness(mark, useClockwork());
}

function useClockwork(): Clockwork {
  const nowMs = useNow(AGE_INTERVAL_MS);
  return { link: useKeyed(link, 'link'), pulse: pulse(), nowMs };
}
