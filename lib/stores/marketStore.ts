import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type { MarketStatsView, MarketView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';
import type { BookFrame } from '../feed/bookFrame.ts';
import type { FeedFrame } from '../feed/messages.ts';
import { unpacked } from '../feed/packedBook.ts';
import { createKeyedStore } from './keyedStore.ts';

/** Prints kept per market: what a tall tape shows, with some to scroll. */
const TRADES_KEPT = 200;

export const books = createKeyedStore<number, BookFrame>();
export const trades = createKeyedStore<number, readonly TradeView[]>();
export const marks = createKeyedStore<number, MarkView>();
export const stats = createKeyedStore<number, MarketStatsView>();

/** The listing: all of it under 'listing', and each market under its name. */
export const listing = createKeyedStore<'listing', MarketsView>();
export const marketsByName = createKeyedStore<string, MarketView>();

export function setListing(view: MarketsView): void {
  listing.set('listing', view);
  for (const market of view.markets) marketsByName.set(market.name, market);
}

export function applyMarketFrame(frame: FeedFrame): void {
  for (const book of frame.books) books.set(book.instrument, unpacked(book));
  for (const mark of frame.marks) marks.set(mark.instrument, mark);
  for (const stat of frame.stats) stats.set(stat.instrument, stat);
  for (const print of frame.trades) {
    const before = print.isSnapshot ? [] : (trades.latest(print.instrument) ?? []);
    trades.set(print.instrument, newestFirst(print.trades, before));
  }
}

/** Trades arrive oldest first; a tape reads newest first. */
function newestFirst(arrived: readonly TradeView[], before: readonly TradeView[]): readonly TradeView[] {
  const newestId = before[0]?.tradeId ?? -1;
  const fresh = arrived.filter((trade) => trade.tradeId > newestId).sort((a, b) => b.tradeId - a.tradeId);
  return [...fresh, ...before].slice(0, TRADES_KEPT);
}
