'use client';

import { useListing } from '../../lib/hooks/market.ts';
import { useIsPast } from '../../lib/hooks/past.ts';
import { AccountPicker } from '../panes/trader/accountPicker/AccountPicker.tsx';
import { SessionBadge } from '../panes/trader/session/SessionBadge.tsx';
import { Badge } from '../ui/Badge.tsx';
import { AccountNumbers } from './AccountNumbers.tsx';
import { ArmingBadge } from './ArmingBadge.tsx';
import { AsOf } from './AsOf.tsx';
import { Clock } from './Clock.tsx';
import { FeedDots } from './FeedDots.tsx';
import styles from './TopBar.module.css';

/** Whose money, how much of it is free, how far from the wall; clock, feeds, role and whether one click sends. */
export function TopBar() {
  const listing = useListing();
  const isPast = useIsPast();
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <svg
          aria-hidden="true"
          width="20"
          height="20"
          viewBox="0 0 20 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        >
          <circle cx="10" cy="10" r="5.5" />
          <path d="M1 10h18" />
        </svg>
      </span>
      <h1 className="visually-hidden">Ballast</h1>
      <AccountPicker />
      <AccountNumbers />
      <span className={styles.space} />
      {listing?.isSandbox === true && (
        <span className={styles.sandbox}>
          <Badge>SANDBOX</Badge>
        </span>
      )}
      <Clock />
      {!isPast && <AsOf />}
      <span className={styles.wide}>{!isPast && <FeedDots />}</span>
      <SessionBadge />
      <span className={styles.wide}>{!isPast && <ArmingBadge />}</span>
    </header>
  );
}
