'use client';

import { useMemo } from 'react';
import { useFills } from '../../../../lib/hooks/account.ts';
import { useBookFreshness } from '../../../../lib/hooks/freshness.ts';
import { useMarket } from '../../../../lib/hooks/market.ts';
import { useSettings } from '../../../../lib/settings/settingsStore.ts';
import { ownTradeIds } from './Tape.state.ts';
import { TapeView } from './TapeView.tsx';
import { liveTape } from './tapeFeed.ts';

/** The prints of one market, live. */
export function Tape({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const feed = useMemo(() => liveTape(instrument), [instrument]);
  const fills = useFills();
  const freshness = useBookFreshness(instrument);
  const { tape } = useSettings();
  const ownIds = useMemo(() => ownTradeIds(fills, instrument), [fills, instrument]);
  return (
    <TapeView
      key={instrument}
      market={market}
      feed={feed}
      ownIds={ownIds}
      choices={tape}
      freshness={freshness}
    />
  );
}
