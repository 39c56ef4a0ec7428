import type { MarketView } from '../engine/protocol/views/market.ts';
import { type Clockwork, type Freshness, feedFreshness, markFreshness, STALE_AFTER_MS } from './freshness.ts';
import { roundTrips } from './stores/connectionStore.ts';
import { marks } from './stores/marketStore.ts';

/** One feed as the top bar shows it. */
export interface FeedAge {
  /** Undefined before the first message. */
  ageMs: number | undefined;
  /** Older than this and what hangs on it is dimmed and blocked. */
  limitMs: number;
  state: 'fresh' | 'stale' | 'unknown';
  /** Why it is stale, as a sentence; empty otherwise. */
  reason: string;
}

export interface FeedAges {
  marketData: FeedAge;
  /** Its age is that of the engine's last word; `rttMs` how long it takes to get one. */
  exchange: FeedAge & { rttMs: number | undefined };
  /** As old as the oldest price among the listed markets. */
  oracle: FeedAge & { freshCount: number; count: number };
  account: FeedAge;
}

interface Known {
  clockwork: Clockwork;
  account: Freshness;
  markets: readonly MarketView[];
}

export function feedAges({ clockwork, account, markets }: Known): FeedAges {
  const feed = feedFreshness(clockwork);
  return {
    marketData: ageOf(feed),
    exchange: { ...exchangeAge(clockwork, feed), rttMs: roundTrips.percentile(0.5) },
    oracle: oracleAge(clockwork, markets),
    account: ageOf(account),
  };
}

/** Market data may flow from a host whose engine has stopped: the session is as old as the last command of the engine. */
function exchangeAge({ link, pulse }: Clockwork, feed: Freshness): FeedAge {
  if (feed.face !== 'fresh' || pulse === undefined) return ageOf(feed);
  const isPaused = link?.state === 'open' && link.isPaused;
  return ageOf({
    face: 'fresh',
    ageMs: feed.ageMs + (isPaused ? 0 : Math.max(0, pulse.sentMs - pulse.timeMs)),
  });
}

function oracleAge(clockwork: Clockwork, markets: readonly MarketView[]): FeedAges['oracle'] {
  // Contracts are marked from the same index as their perpetual.
  const perpetuals = markets.filter(({ kind }) => kind === 'perpetual');
  const faces = perpetuals.map(({ instrument }) => markFreshness(marks.get(instrument), clockwork));
  const freshCount = faces.filter(({ face }) => face === 'fresh').length;
  const counts = { freshCount, count: faces.length };
  const stale = faces.filter((face) => face.face === 'stale');
  if (faces.length === 0 || (freshCount === 0 && stale.length === 0))
    return { ...ageOf({ face: 'unknown' }), ...counts };
  const known = stale.length > 0 ? stale : faces.filter((face) => face.face === 'fresh');
  const oldest = known.reduce((a, b) => (b.ageMs > a.ageMs ? b : a));
  return { ...ageOf(oldest), ...counts };
}

function ageOf(freshness: Freshness): FeedAge {
  const limitMs = STALE_AFTER_MS;
  switch (freshness.face) {
    case 'fresh':
      return { ageMs: freshness.ageMs, limitMs, state: 'fresh', reason: '' };
    case 'stale':
      return { ageMs: freshness.ageMs, limitMs, state: 'stale', reason: freshness.reason };
    case 'wrong':
      return { ageMs: undefined, limitMs, state: 'stale', reason: freshness.reason };
    case 'unknown':
      return { ageMs: undefined, limitMs, state: 'unknown', reason: '' };
  }
}
