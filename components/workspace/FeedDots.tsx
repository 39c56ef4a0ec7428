'use client';

import type { FeedAge } from '../../lib/feedAges.ts';
import { formatAge, formatMs, UNKNOWN } from '../../lib/format.ts';
import { useLine } from '../../lib/hooks/connection.ts';
import { useFeedAges } from '../../lib/hooks/freshness.ts';
import styles from './FeedDots.module.css';

const words = { connecting: 'connecting', live: '', stale: 'silent', offline: 'offline' };

/** Market data, exchange session and oracle, each with its age: nothing looks live that is not. */
export function FeedDots() {
  const { marketData, exchange, oracle } = useFeedAges();
  const { state, isPaused } = useLine();
  const said = state === 'live' && isPaused ? 'paused' : words[state];
  return (
    <span className={styles.dots} data-line={state}>
      {said !== '' && (
        <b className={styles.said} data-state={state}>
          {said}
        </b>
      )}
      <Dot name="md" full="market data" feed={marketData} text={ageText(marketData)} />
      <Dot
        name="ex"
        full="exchange session"
        feed={exchange}
        text={
          exchange.state === 'fresh' && exchange.rttMs !== undefined
            ? formatMs(exchange.rttMs)
            : ageText(exchange)
        }
      />
      <Dot
        name="orc"
        full="oracle prices"
        feed={oracle}
        text={oracle.count === 0 ? UNKNOWN : `${oracle.freshCount}/${oracle.count}`}
      />
    </span>
  );
}

interface DotProps {
  name: string;
  full: string;
  feed: FeedAge;
  text: string;
}

/** Round when fresh, a square when stale, hollow when not known: colour is not alone. */
function Dot({ name, full, feed, text }: DotProps) {
  return (
    <span className={styles.dot} data-state={feed.state} title={`${full}: ${feed.reason || feed.state}`}>
      <i aria-hidden="true" />
      <span aria-hidden="true">{name}</span>
      <span className="visually-hidden">
        {full} {feed.state}
      </span>
      <span className={styles.age}>{text}</span>
    </span>
  );
}

function ageText({ ageMs, state }: FeedAge): string {
  if (ageMs === undefined || state === 'unknown') return UNKNOWN;
  return ageMs < 1_000 ? `${Math.round(ageMs)} ms` : formatAge(ageMs);
}
