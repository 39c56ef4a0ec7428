'use client';

import { useMemo, useState } from 'react';
import { useAccount, useFills, useOrders } from '../../../../lib/hooks/account.ts';
import { useMarket, useTrades } from '../../../../lib/hooks/market.ts';
import type { IntervalLabel } from './Chart.state.ts';
import { ChartView } from './ChartView.tsx';
import { useCandles } from './useCandles.ts';

/** Candles of one market with what the selected account has in it, live. */
export function Chart({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const [interval, setInterval] = useState<IntervalLabel>('1m');
  const trades = useTrades(instrument);
  const candles = useCandles(instrument, interval, trades);
  const account = useAccount();
  const allOrders = useOrders();
  const orders = useMemo(
    () => allOrders.filter((order) => order.instrument === instrument),
    [allOrders, instrument],
  );
  return (
    <ChartView
      market={market}
      marketName={marketName}
      interval={interval}
      onInterval={setInterval}
      candles={candles}
      fills={useFills()}
      orders={orders}
      positions={account?.positions}
      distance={account?.distance}
    />
  );
}
