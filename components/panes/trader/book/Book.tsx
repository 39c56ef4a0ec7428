'use client';

import { useMemo } from 'react';
import { useOrders } from '../../../../lib/hooks/account.ts';
import { useBookFreshness } from '../../../../lib/hooks/connection.ts';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { useBook, useMarket, useTrades } from '../../../../lib/hooks/market.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { setPrice, setSide } from '../../../../lib/stores/draftStore.ts';
import { ordersOf, takingOf } from './Book.state.ts';
import { BookView } from './BookView.tsx';

/** The ladder of one market, live. */
export function Book({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const book = useBook(instrument);
  const freshness = useBookFreshness(instrument);
  const allOrders = useOrders();
  const trades = useTrades(instrument);
  const { side } = useDraft();
  const preview = usePreview();
  const orders = useMemo(() => ordersOf(allOrders, instrument), [allOrders, instrument]);
  const taking = useMemo(() => takingOf(preview, side), [preview, side]);
  return (
    <BookView
      key={instrument}
      market={market}
      book={book}
      freshness={freshness}
      orders={orders}
      lastTicks={trades[0]?.priceTicks}
      taking={taking}
      onPick={(priceTicks, pickedSide) => {
        if (market === undefined) return;
        if (pickedSide !== undefined) setSide(pickedSide);
        setPrice(priceText(priceTicks, market));
      }}
    />
  );
}
