'use client';

import type { ReactNode } from 'react';
import { formatDateTime, formatRatio, formatSigmas, formatUsd } from '../../lib/format.ts';
import type { Freshness } from '../../lib/freshness.ts';
import { useAccount } from '../../lib/hooks/account.ts';
import { useConnection, useFeedFreshness } from '../../lib/hooks/connection.ts';
import { useGaugeReading } from '../../lib/hooks/gauge.ts';
import { useListing } from '../../lib/hooks/market.ts';
import { useNow } from '../../lib/hooks/now.ts';
import { jointReason } from '../../lib/reasons/distance.ts';
import { equityReason, freeReason, ratioReason, sourceText } from '../../lib/reasons/margin.ts';
import type { Reason } from '../../lib/reasons/reason.ts';
import { AccountPicker } from '../panes/trader/accountPicker/AccountPicker.tsx';
import { GaugeMini } from '../panes/trader/gauge/Gauge.tsx';
import { SessionBadge } from '../panes/trader/session/SessionBadge.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Num } from '../ui/Num.tsx';
import { Why, WhySource } from '../ui/Why.tsx';
import styles from './TopBar.module.css';

/** Whose money, how much of it is free, how far from the wall; clock, feed and role on the right. */
export function TopBar() {
  const listing = useListing();
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <svg
          aria-hidden="true"
          width="18"
          height="18"
          viewBox="0 0 18 18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        >
          <circle cx="9" cy="9" r="7" />
          <path d="M1 9h16" />
        </svg>
      </span>
      <h1 className="visually-hidden">Ballast</h1>
      <AccountPicker />
      <AccountNumbers />
      <span className={styles.space} />
      {listing?.isSandbox === true && <Badge>SANDBOX</Badge>}
      <FeedState />
      <Clock />
      <SessionBadge />
    </header>
  );
}

function AccountNumbers() {
  const account = useAccount();
  const reading = useGaugeReading();
  const feed = useFeedFreshness();
  if (account === undefined) return <UnknownNumbers feed={feed} />;
  const { margin, seq, timeMs } = account;
  const distance = reading?.distance ?? account.distance;
  const entries: Omit<EntryProps, 'feed'>[] = [
    { name: 'Equity', text: formatUsd(margin.equityUsd, 2), reason: () => equityReason(margin) },
    { name: 'Free', text: formatUsd(margin.freeUsd, 2), reason: () => freeReason(margin) },
    { name: 'MM', text: formatRatio(margin.ratioPpm), reason: () => ratioReason(margin) },
    {
      name: 'Distance',
      text: distanceText(distance.state, distance.sigmas),
      reason: () => jointReason(distance, margin),
      children: <GaugeMini />,
    },
  ];
  return (
    <WhySource value={sourceText(seq, timeMs)}>
      <dl className={styles.numbers}>
        {entries.map((entry) => (
          <Entry key={entry.name} feed={feed} {...entry} />
        ))}
      </dl>
    </WhySource>
  );
}

const names = ['Equity', 'Free', 'MM', 'Distance'];

function UnknownNumbers({ feed }: Pick<EntryProps, 'feed'>) {
  return (
    <dl className={styles.numbers}>
      {names.map((name) => (
        <Entry key={name} name={name} text={undefined} feed={feed} />
      ))}
    </dl>
  );
}

/** Beyond this the distance is only known to be large. */
const SIGMAS_SHOWN = 99;

function distanceText(state: string, sigmas: number): string {
  if (state === 'noRisk') return 'no risk';
  return sigmas > SIGMAS_SHOWN ? `> ${SIGMAS_SHOWN} σ` : `${formatSigmas(sigmas)} σ`;
}

interface EntryProps {
  name: string;
  text: string | undefined;
  feed: Freshness;
  /** Undefined while there is no number to ask about. */
  reason?: () => Reason;
  children?: ReactNode;
}

function Entry({ name, text, feed, reason, children }: EntryProps) {
  const age = feed.face === 'stale' ? { face: 'stale' as const, ageMs: feed.ageMs } : {};
  return (
    <div className={styles.entry}>
      <dt>{name}</dt>
      <dd>
        {reason === undefined ? (
          <Num text={text} {...age} />
        ) : (
          <Why name={name} reason={reason}>
            <Num text={text} {...age} />
          </Why>
        )}
        {children}
      </dd>
    </div>
  );
}

const feedWords = { connecting: 'connecting', live: 'live', stale: 'silent', offline: 'offline' };

function FeedState() {
  const { state, isPaused, rttP50Ms } = useConnection();
  const words = state === 'live' && isPaused ? 'paused market' : feedWords[state];
  return (
    <span className={styles.feed} data-state={state}>
      <i className={styles.dot} aria-hidden="true" />
      {words}
      {state === 'live' && rttP50Ms !== undefined && ` ${rttP50Ms.toFixed(rttP50Ms < 10 ? 1 : 0)} ms`}
    </span>
  );
}

function Clock() {
  const nowMs = useNow(1_000);
  return (
    <time className={styles.clock} suppressHydrationWarning>
      {nowMs === 0 ? '' : formatDateTime(nowMs)}
    </time>
  );
}
