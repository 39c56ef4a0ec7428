'use client';

import { useEffect } from 'react';
import { watch } from '../../lib/connection.ts';
import { formatMark } from '../../lib/format.ts';
import { useAccount } from '../../lib/hooks/account.ts';
import { useListing, useMark, useMarket } from '../../lib/hooks/market.ts';
import { Book } from '../panes/trader/book/Book.tsx';
import { Chart } from '../panes/trader/chart/Chart.tsx';
import { Gauge } from '../panes/trader/gauge/Gauge.tsx';
import { MarginStrip } from '../panes/trader/marginStrip/MarginStrip.tsx';
import { MarketStrip } from '../panes/trader/marketStrip/MarketStrip.tsx';
import { Positions } from '../panes/trader/positions/Positions.tsx';
import { Tape } from '../panes/trader/tape/Tape.tsx';
import { Ticket } from '../panes/trader/ticket/Ticket.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Blotter } from './Blotter.tsx';
import styles from './TradeLayout.module.css';

/** The trade screen: see the market, see the distance, write, read the preview, press. */
export function TradeLayout({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const isListed = useListing()?.markets.some((each) => each.name === marketName) ?? true;
  const account = useAccount();
  const scope = account === undefined ? '' : `${account.firmLabel} / ${account.label}`;
  useMarketFeed(market?.instrument);
  useTitle(marketName);
  if (!isListed) {
    return (
      <EmptyState title="There is no such market.">
        <a href="/trade/BTC-PERP">Open BTC-PERP</a>
      </EmptyState>
    );
  }
  return (
    <div className={styles.grid}>
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
        <Positions />
      </div>
      <div className={styles.orders}>
        <Blotter />
      </div>
    </div>
  );
}

function useMarketFeed(instrument: number | undefined): void {
  useEffect(
    () => (instrument === undefined ? undefined : watch({ kind: 'market', key: instrument })),
    [instrument],
  );
}

/** The price stays readable in the browser's own tab. */
function useTitle(marketName: string): void {
  const market = useMarket(marketName);
  const mark = useMark(market?.instrument ?? -1);
  useEffect(() => {
    if (market === undefined || mark === undefined) return;
    document.title = `${marketName} ${formatMark(mark.markUsdPerLot, market)} · Ballast`;
  }, [marketName, market, mark]);
}
