import { useCallback, useSyncExternalStore } from 'react';
import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type {
  IsolationView,
  MarketStatsView,
  MarketView,
  MarkView,
  TradeView,
} from '../../engine/protocol/views/market.ts';
import type { BookFrame } from '../feed/bookFrame.ts';
import { books, listing, marketsByName, marks, stats, trades } from '../stores/marketStore.ts';
import { useKeyed, usePaced } from './keyed.ts';
import { PACE_MS } from './now.ts';

const noTrades: readonly TradeView[] = [];
const noMarkets: readonly MarketView[] = [];

/** Everything listed, in the listing's order; empty until known. */
export function useMarkets(): readonly MarketView[] {
  return useKeyed(listing, 'listing')?.markets ?? noMarkets;
}

/** The listing with chain, vault and assets. */
export function useListing(): MarketsView | undefined {
  return useKeyed(listing, 'listing');
}

export function useMarket(name: string): MarketView | undefined {
  return useKeyed(marketsByName, name);
}

/** Bids and asks of one sequence, best first. The same object until the book changed. */
export function useBook(instrument: number): BookFrame | undefined {
  return useKeyed(books, instrument);
}

/** Prints, newest first, four times a second: a candle drawn at each of them costs more than all the rest of the page. */
export function usePacedTrades(instrument: number): readonly TradeView[] {
  return usePaced(trades, instrument, PACE_MS) ?? noTrades;
}

/** The book four times a second: for hints beside a field. What is pressed reads the newest. */
export function usePacedBook(instrument: number): BookFrame | undefined {
  return usePaced(books, instrument, PACE_MS);
}

export function usePacedMark(instrument: number): MarkView | undefined {
  return usePaced(marks, instrument, PACE_MS);
}

/** Whether the underlying stands alone now: told apart from the mark, which moves many times a second. */
export function useIsolation(instrument: number): IsolationView | null | undefined {
  const subscribe = useCallback(
    (listener: () => void) => marks.subscribe(instrument, listener),
    [instrument],
  );
  const read = useCallback(() => marks.get(instrument)?.isolation, [instrument]);
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** The newest book, for a press or a key: what is drawn of it may be a moment older. */
export function latestBook(instrument: number): BookFrame | undefined {
  return books.get(instrument);
}

/** Read once, for an order that shall stand still while it is looked at. */
export function latestStats(instrument: number): MarketStatsView | undefined {
  return stats.get(instrument);
}

export function useStats(instrument: number): MarketStatsView | undefined {
  return usePaced(stats, instrument, PACE_MS);
}
