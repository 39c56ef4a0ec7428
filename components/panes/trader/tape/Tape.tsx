'use client';

import { useMemo } from 'react';
import { useFills } from '../../../../lib/hooks/account.ts';
import { useBookFreshness } from '../../../../lib/hooks/freshness.ts';
import { useMarket } from '../../../../lib/hooks/market.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { useSettings } from '../../../../lib/settings/settingsStore.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
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
  if (useIsPast())
    return (
      <Pane title="Trades">
        <EmptyState title="Trades are not kept by sequence.">
          Candles are, up to the last that was over; own fills stand beside the orders.
        </EmptyState>
      </Pane>
    );
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
