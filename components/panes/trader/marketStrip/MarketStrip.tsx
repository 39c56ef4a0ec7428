'use client';

import { useCallback } from 'react';
import { usePacedAccount } from '../../../../lib/hooks/account.ts';
import { useFeedFreshness, useMarkFreshness } from '../../../../lib/hooks/freshness.ts';
import {
  useMarket,
  useMarkets,
  usePacedMark,
  usePacedTrades,
  useStats,
} from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { pulse } from '../../../../lib/stores/connectionStore.ts';
import { useNavigate } from '../../../ui/useNavigate.ts';
import { MarketPicker } from './MarketPicker.tsx';
import styles from './MarketStrip.module.css';
import { lastDirection, otherMarkets, ownSharePpm } from './MarketStrip.state.ts';
import { MarketStripView } from './MarketStripView.tsx';
import { OtherMarkets } from './OtherMarkets.tsx';

const noPositions: [] = [];
const SECOND_MS = 1_000;

/** The market on screen in one line, live. */
export function MarketStrip({ marketName }: { marketName: string }) {
  const markets = useMarkets();
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const stats = useStats(instrument);
  const mark = usePacedMark(instrument);
  const trades = usePacedTrades(instrument);
  const positions = usePacedAccount()?.positions ?? noPositions;
  const markFreshness = useMarkFreshness(instrument);
  const feedFreshness = useFeedFreshness();
  const navigate = useNavigate();
  const open = useCallback((name: string) => navigate(`/trade/${name}`), [navigate]);
  useNow(SECOND_MS);
  const isPast = useIsPast();
  const now = pulse();
  return (
    <MarketStripView
      market={market}
      stats={stats}
      mark={mark}
      markFreshness={markFreshness}
      feedFreshness={feedFreshness}
      direction={lastDirection(trades)}
      ownSharePpm={stats && ownSharePpm(positions, stats)}
      engineMs={now?.timeMs}
      source={now && sourceText(now.seq, now.timeMs)}
      picker={<MarketPicker marketName={marketName} markets={markets} onPick={open} />}
      others={
        isPast ? <NotOfThePast /> : <OtherMarkets others={otherMarkets(markets, positions, marketName)} />
      }
    />
  );
}

/** In the place of other markets, which would be as unknown: what stands here as a dash, and why. */
function NotOfThePast() {
  return (
    <p className={styles.note}>
      Last price, change, funding, volume and open interest are not kept by sequence: of the past the desk
      shows marks, indexes and books.
    </p>
  );
}
