import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type { MarketStatsView, MarketView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';
import type { BookFrame } from '../feed/messages.ts';
import { books, listing, marketsByName, marks, stats, trades } from '../stores/marketStore.ts';
import { useKeyed } from './keyed.ts';

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

/** Prints, newest first. */
export function useTrades(instrument: number): readonly TradeView[] {
  return useKeyed(trades, instrument) ?? noTrades;
}

export function useMark(instrument: number): MarkView | undefined {
  return useKeyed(marks, instrument);
}

/** Read once, for an order that shall stand still while it is looked at. */
export function latestStats(instrument: number): MarketStatsView | undefined {
  return stats.get(instrument);
}

export function useStats(instrument: number): MarketStatsView | undefined {
  return useKeyed(stats, instrument);
}
