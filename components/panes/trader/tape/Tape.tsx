'use client';

import { useMemo } from 'react';
import { useFills } from '../../../../lib/hooks/account.ts';
import { useBookFreshness } from '../../../../lib/hooks/connection.ts';
import { useMarket, useTrades } from '../../../../lib/hooks/market.ts';
import { ownTradeIds } from './Tape.state.ts';
import { TapeView } from './TapeView.tsx';

/** The prints of one market, live. */
export function Tape({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const trades = useTrades(instrument);
  const fills = useFills();
  const freshness = useBookFreshness(instrument);
  const ownIds = useMemo(() => ownTradeIds(fills, instrument), [fills, instrument]);
  return <TapeView key={instrument} market={market} trades={trades} ownIds={ownIds} freshness={freshness} />;
}
