import { useMemo } from 'react';
import type { Recovery } from '../feed/messages.ts';
import { type Clockwork, feedFreshness } from '../freshness.ts';
import { acknowledgements, recoveries, roundTrips, ticksToFrame } from '../stores/connectionStore.ts';
import { useClockwork } from './freshness.ts';
import { useKeyed } from './keyed.ts';
import { useNow } from './now.ts';

export interface LineView {
  state: 'connecting' | 'live' | 'stale' | 'offline';
  isPaused: boolean;
}

export interface ConnectionView extends LineView {
  /** Last sequence heard of; undefined before the first. */
  seq: number | undefined;
  /** Since the last message; undefined before the first. */
  ageMs: number | undefined;
  /** Tries since the socket last was open. */
  attempt: number;
  retryAtMs: number | undefined;
  /** Messages of the stream, in the last second. */
  messagesPerSecond: number;
  /** How the last break ended; undefined while there was none. */
  recovery: Recovery | undefined;
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

/** Ranks are sorted out of thousands of measurements, and nobody reads them faster. */
const RANKS_EVERY_MS = 1_000;

/** Whether the line is up, and whether the market behind it stands still on purpose. */
export function useLine(): LineView {
  return lineOf(useClockwork());
}

export function useConnection(): ConnectionView {
  const clockwork = useClockwork();
  const recovery = useKeyed(recoveries, 'last');
  const { link: now, pulse: last } = clockwork;
  return {
    ...lineOf(clockwork),
    ...useRanks(),
    seq: last?.seq,
    ageMs: last === undefined ? undefined : Math.max(0, clockwork.nowMs - last.receivedMs),
    attempt: now?.state === 'connecting' || now?.state === 'waiting' ? now.attempt : 0,
    retryAtMs: now?.state === 'waiting' ? now.retryAtMs : undefined,
    messagesPerSecond: last?.messagesPerSecond ?? 0,
    recovery,
    build: now?.state === 'open' ? now.build : '',
  };
}

function useRanks() {
  const nowMs = useNow(RANKS_EVERY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is what asks the measurements again.
  return useMemo(
    () => ({
      rttP50Ms: roundTrips.percentile(0.5),
      rttP99Ms: roundTrips.percentile(0.99),
      ackP50Ms: acknowledgements.percentile(0.5),
      ackP99Ms: acknowledgements.percentile(0.99),
      tickToFrameP99Ms: ticksToFrame.percentile(0.99),
    }),
    [nowMs],
  );
}

function lineOf(clockwork: Clockwork): LineView {
  const { link: now } = clockwork;
  return { state: stateOf(clockwork), isPaused: now?.state === 'open' && now.isPaused };
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
