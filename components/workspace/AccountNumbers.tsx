'use client';

import type { ReactNode } from 'react';
import type { AccountView } from '../../engine/protocol/views/account.ts';
import { formatDistance, formatRatio, formatUsd } from '../../lib/format.ts';
import type { Freshness } from '../../lib/freshness.ts';
import { useAccount } from '../../lib/hooks/account.ts';
import { useFeedFreshness } from '../../lib/hooks/freshness.ts';
import { useGaugeReading } from '../../lib/hooks/gauge.ts';
import { jointReason } from '../../lib/reasons/distance.ts';
import { equityReason, freeReason, ratioReason, sourceText } from '../../lib/reasons/margin.ts';
import type { Reason } from '../../lib/reasons/reason.ts';
import { GaugeMini } from '../panes/trader/gauge/Gauge.tsx';
import { MarginCallBadge } from '../panes/trader/marginCall/MarginCallBadge.tsx';
import { Num } from '../ui/Num.tsx';
import { Why, WhySource } from '../ui/Why.tsx';
import { MarginMeter } from './MarginMeter.tsx';
import styles from './TopBar.module.css';

const names = ['Equity', 'Free', 'MM', 'Distance'];

/** How much, how much of it is free, how much is needed, how far from the wall: each can be asked why. */
export function AccountNumbers() {
  const account = useAccount();
  const reading = useGaugeReading();
  const feed = useFeedFreshness();
  if (account === undefined) {
    return (
      <dl className={styles.numbers}>
        {names.map((name) => (
          <Entry key={name} name={name} text={undefined} feed={feed} />
        ))}
      </dl>
    );
  }
  return (
    <WhySource value={sourceText(account.seq, account.timeMs)}>
      <dl className={styles.numbers}>
        {entriesOf(account, reading?.distance ?? account.distance).map((entry) => (
          <Entry key={entry.name} feed={feed} {...entry} />
        ))}
      </dl>
    </WhySource>
  );
}

function entriesOf({ margin }: AccountView, distance: AccountView['distance']): Omit<EntryProps, 'feed'>[] {
  return [
    { name: 'Equity', text: formatUsd(margin.equityUsd, 2), reason: () => equityReason(margin) },
    { name: 'Free', text: formatUsd(margin.freeUsd, 2), reason: () => freeReason(margin) },
    {
      name: 'MM',
      text: formatRatio(margin.ratioPpm),
      reason: () => ratioReason(margin),
      children: (
        <>
          <span className={styles.meter}>
            <MarginMeter ratioPpm={margin.ratioPpm} />
          </span>
          <MarginCallBadge />
        </>
      ),
    },
    {
      name: 'Distance',
      text: distanceText(distance.state, distance.sigmas),
      reason: () => jointReason(distance, margin),
      children: <GaugeMini />,
    },
  ];
}

export function distanceText(state: string, sigmas: number): string {
  return state === 'noRisk' ? 'no risk' : `${formatDistance(sigmas)} σ`;
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
