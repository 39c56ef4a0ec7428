'use client';

import { useMemo, useState } from 'react';
import {
  useFills,
  useOrdersToDraw,
  usePacedAccount,
  useSelectedAccount,
  useSession,
} from '../../../../lib/hooks/account.ts';
import { useBookFreshness } from '../../../../lib/hooks/freshness.ts';
import { useMarket, usePacedMark, usePacedTrades } from '../../../../lib/hooks/market.ts';
import { useLevels } from '../../../../lib/stores/levelStore.ts';
import type { IntervalLabel } from './Chart.state.ts';
import { ChartView } from './ChartView.tsx';
import { chartHands } from './chartHands.ts';
import { useCandles } from './useCandles.ts';
import { useDraftPrices } from './useDraftPrices.ts';
import { useLevelCrossings } from './useLevelCrossings.ts';

const NO_ACCOUNT = -1;

/** Candles of one market with what the selected account has in it, live. */
export function Chart({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const [interval, setInterval] = useState<IntervalLabel>('1m');
  const trades = usePacedTrades(instrument);
  const candles = useCandles(instrument, interval, trades);
  const account = usePacedAccount();
  const selected = useSelectedAccount();
  const session = useSession();
  const allOrders = useOrdersToDraw();
  const orders = useMemo(
    () => allOrders.filter((order) => order.instrument === instrument),
    [allOrders, instrument],
  );
  const hands = useMemo(
    () => market && chartHands(market, selected?.account ?? NO_ACCOUNT),
    [market, selected?.account],
  );
  const mark = usePacedMark(instrument);
  useLevelCrossings(market, trades);
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
      levels={useLevels(marketName)}
      draftPrices={useDraftPrices(market)}
      freshness={useBookFreshness(instrument)}
      markTicks={market && mark && mark.markUsdPerLot / market.usdPerTickLot}
      hands={hands}
      mayTrade={selected?.mayTrade === true && session.state === 'signedIn' && session.agent !== undefined}
    />
  );
}
