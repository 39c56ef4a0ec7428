'use client';

import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { disarm } from '../../lib/arming/armingStore.ts';
import { watch } from '../../lib/connection.ts';
import { formatMark } from '../../lib/format.ts';
import { useSelectedAccount, useSession } from '../../lib/hooks/account.ts';
import { useListing, useMarket, usePacedMark } from '../../lib/hooks/market.ts';
import { Book } from '../panes/trader/book/Book.tsx';
import { Chart } from '../panes/trader/chart/Chart.tsx';
import { Gauge } from '../panes/trader/gauge/Gauge.tsx';
import { MarginStrip } from '../panes/trader/marginStrip/MarginStrip.tsx';
import { MarketStrip } from '../panes/trader/marketStrip/MarketStrip.tsx';
import { Tape } from '../panes/trader/tape/Tape.tsx';
import { Ticket } from '../panes/trader/ticket/Ticket.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Pane } from '../ui/Pane.tsx';
import styles from './TradeLayout.module.css';

// Grids are 50 kB that wait for somebody to sign in: nothing is in them before.
const Positions = lazy(async () => ({
  default: (await import('../panes/trader/positions/Positions.tsx')).Positions,
}));
const Blotter = lazy(async () => ({ default: (await import('./Blotter.tsx')).Blotter }));

/** The trade screen: see the market, see the distance, write, read the preview, press. */
export function TradeLayout({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const listing = useListing();
  const isKnown = listing !== undefined;
  const isListed = listing?.markets.some((each) => each.name === marketName) ?? true;
  const account = useSelectedAccount();
  const scope = account?.label ?? '';
  useMarketFeed(market?.instrument);
  // What was armed was this market: another one, or another page, starts safe.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name is what must not change.
  useEffect(() => () => disarm('market'), [marketName]);
  if (!isListed) {
    return (
      <EmptyState title="There is no such market.">
        <a href="/trade/BTC-PERP">Open BTC-PERP</a>
      </EmptyState>
    );
  }
  return (
    <div className={styles.grid}>
      <Title marketName={marketName} />
      <div className={styles.strip}>
        <MarketStrip marketName={marketName} />
      </div>
      <div className={styles.chart}>
        <Chart marketName={marketName} />
      </div>
      <div className={styles.ladder}>
        <Book marketName={marketName} />
      </div>
      <div className={styles.tape}>
        <Tape marketName={marketName} />
      </div>
      <div className={styles.gauge}>
        <Gauge />
      </div>
      <div className={styles.ticket}>
        <Ticket marketName={marketName} scope={scope} />
      </div>
      <div className={styles.margin}>
        <MarginStrip />
      </div>
      <div className={styles.positions}>
        <Later isKnown={isKnown} title="Positions" signedOut="Sign in to see your positions.">
          <Positions />
        </Later>
      </div>
      <div className={styles.orders}>
        <Later isKnown={isKnown} title="Orders and fills" signedOut="Sign in to see your orders.">
          <Blotter />
        </Later>
      </div>
    </div>
  );
}

interface LaterProps {
  isKnown: boolean;
  title: string;
  signedOut: string;
  children: ReactNode;
}

/** The head of a pane whose code is on its way: labels at once, numbers when known. */
function Later({ isKnown, title, signedOut, children }: LaterProps) {
  const { state } = useSession();
  if (isKnown && state === 'signedIn') {
    return <Suspense fallback={<Pane title={title}>{null}</Pane>}>{children}</Suspense>;
  }
  return (
    <Pane title={title}>
      {state === 'signedOut' && <EmptyState title={signedOut}>Sign in at the top right.</EmptyState>}
    </Pane>
  );
}

function useMarketFeed(instrument: number | undefined): void {
  useEffect(
    () => (instrument === undefined ? undefined : watch({ kind: 'market', key: instrument })),
    [instrument],
  );
}

/** The price stays readable in the browser's own tab. A place of its own, or each mark would draw every pane. */
function Title({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const mark = usePacedMark(market?.instrument ?? -1);
  useEffect(() => {
    if (market === undefined || mark === undefined) return;
    document.title = `${marketName} ${formatMark(mark.markUsdPerLot, market)} · Ballast`;
  }, [marketName, market, mark]);
  return null;
}
