'use client';

import { formatCount, formatRatio, formatUsd, UNKNOWN } from '../../lib/format.ts';
import {
  useAccount,
  useOrders,
  usePositionsHeld,
  useSelectedAccount,
  useSession,
} from '../../lib/hooks/account.ts';
import { useAccountAge, useFeedFreshness } from '../../lib/hooks/freshness.ts';
import { useGaugeReading } from '../../lib/hooks/gauge.ts';
import { openOverlay } from '../../lib/stores/overlayStore.ts';
import { HeldFace } from '../grid/HeldFace.tsx';
import { AccountPicker } from '../panes/trader/accountPicker/AccountPicker.tsx';
import { AgeText } from '../panes/trader/gauge/AgeText.tsx';
import { GaugeMini } from '../panes/trader/gauge/Gauge.tsx';
import { cancelAll } from '../panes/trader/orders/orderActions.ts';
import { SessionBadge } from '../panes/trader/session/SessionBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Num } from '../ui/Num.tsx';
import { distanceText } from './AccountNumbers.tsx';
import { Clock } from './Clock.tsx';
import { FeedDots } from './FeedDots.tsx';
import { SmallOrders } from './SmallOrders.tsx';
import { flattenHeld, SmallPositions } from './SmallPositions.tsx';
import styles from './SmallScreen.module.css';

/** On a telephone: watch, cancel, flatten. Nothing can be opened here, so nothing can be opened by mistake. */
export function SmallScreen() {
  const account = useSelectedAccount();
  const session = useSession();
  const orders = useOrders();
  const held = usePositionsHeld();
  const isKnown = useAccount() !== undefined;
  const mayTrade = account?.mayTrade === true && session.state === 'signedIn' && session.agent !== undefined;
  return (
    <>
      <header className={styles.head}>
        <h1 className="visually-hidden">Ballast</h1>
        <AccountPicker />
        <SessionBadge />
      </header>
      <main className={styles.body}>
        <div className={styles.feeds}>
          <FeedDots />
          <SmallMoment />
        </div>
        <SmallNumbers />
        <HeldFace>
          <SmallPositions mayTrade={mayTrade} />
          <SmallOrders mayTrade={mayTrade} />
        </HeldFace>
      </main>
      <footer className={styles.actions}>
        <Button
          className={styles.action}
          isBlocked={!mayTrade || orders === undefined || orders.length === 0}
          onClick={() => account && void cancelAll(account.account)}
        >
          Cancel all {orders?.length ?? UNKNOWN}
        </Button>
        <Button
          className={styles.action}
          isBlocked={!mayTrade || held.length === 0}
          onClick={() => flattenHeld(held, 'Flatten all positions')}
        >
          Flatten all {isKnown ? held.length : UNKNOWN}
        </Button>
        <Button tone="danger" className={styles.action} onClick={() => openOverlay('kill')}>
          Kill
        </Button>
      </footer>
    </>
  );
}

/** Where the account stands and how old it is, and what time it is: together they say whether this is now. */
function SmallMoment() {
  const seq = useAccount()?.seq;
  const age = useAccountAge();
  return (
    <p className={styles.moment}>
      <span>
        seq <b>{seq === undefined ? UNKNOWN : formatCount(seq)}</b>
      </span>
      <AgeText freshness={age} />
      <Clock />
    </p>
  );
}

function SmallNumbers() {
  const account = useAccount();
  const reading = useGaugeReading();
  const feed = useFeedFreshness();
  const age = feed.face === 'stale' ? { face: 'stale' as const, ageMs: feed.ageMs } : {};
  const margin = account?.margin;
  const distance = reading?.distance ?? account?.distance;
  const rows: [name: string, text: string | undefined][] = [
    ['Equity', margin && formatUsd(margin.equityUsd, 2)],
    ['Free', margin && formatUsd(margin.freeUsd, 2)],
    ['MM of equity', margin && formatRatio(margin.ratioPpm)],
    ['Distance', distance && distanceText(distance.state, distance.sigmas)],
  ];
  return (
    <dl className={styles.numbers} aria-label="Account">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Num text={text} {...age} />
            {name === 'Distance' && account !== undefined && <GaugeMini />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
