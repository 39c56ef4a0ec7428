import { useMemo, useRef } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { useDraftFor } from '../../../../lib/hooks/draft.ts';
import { useBook, usePacedMark } from '../../../../lib/hooks/market.ts';
import { type DraftPrice, draftPrices, followsBook } from './draftLines.ts';

const NO_MARKET = -1;
const none: readonly DraftPrice[] = [];

/** Prices of the ticket while it is open on this market; the same list until one of them changes. */
export function useDraftPrices(market: MarketView | undefined): readonly DraftPrice[] {
  const instrument = market?.instrument ?? NO_MARKET;
  const draft = useDraftFor(instrument);
  // A book changes with every tick: only a price that is written against it may wake the chart.
  const book = useBook(draft !== undefined && followsBook(draft) ? instrument : NO_MARKET);
  const mark = usePacedMark(instrument);
  const last = useRef(none);
  return useMemo(() => {
    const prices =
      market === undefined || draft === undefined ? none : draftPrices(draft, { market, book, mark });
    if (!isSame(prices, last.current)) last.current = prices;
    return last.current;
  }, [market, draft, book, mark]);
}

function isSame(one: readonly DraftPrice[], other: readonly DraftPrice[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ ticks, words }, index) => ticks === other[index]?.ticks && words === other[index]?.words)
  );
}
