/** How the market picker may be sorted. */
export const MARKET_SORTS = ['listed', 'name', 'volume', 'trades', 'change', 'spread', 'funding'] as const;
export type MarketSort = (typeof MARKET_SORTS)[number];
