import type { MarketView } from '../../protocol/views/market.ts';
import type { MarketFeeds } from './marketFeeds.ts';

/** Index prices by underlying, USD × 1e8, as the last marks of the perpetuals had them. */
export function indexPricesE8(markets: readonly MarketView[], feeds: MarketFeeds): Map<number, number> {
  const prices = new Map<number, number>();
  for (const { instrument, kind, underlyingId, lotsPerUnit } of markets) {
    // A dated contract is marked around its forward.
    if (kind !== 'perpetual') continue;
    const mark = feeds.feed(instrument)?.mark;
    // Micro-USD a lot × lots a coin ÷ 1e6 × 1e8.
    if (mark !== undefined && mark !== null)
      prices.set(underlyingId, mark.indexUsdPerLot * lotsPerUnit * 100);
  }
  return prices;
}
