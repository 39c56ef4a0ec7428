/** One outside venue's price and its say. */
export interface WeightedPrice {
  readonly price: number;
  readonly weight: number;
}

/**
 * Oracle: the lower weighted median, the first price from below whose weights reach half of all.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/hypercore/oracle
 */
export function oraclePrice(sources: readonly WeightedPrice[]): number {
  const rising = [...sources].sort((a, b) => a.price - b.price);
  const half = rising.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  for (const { price, weight } of rising) {
    reached += weight;
    if (reached >= half) return price;
  }
  return Number.NaN;
}

/** What the mark looks at, USD per coin. */
export interface MarkSources {
  readonly oracle: number;
  /** 150 s average of (mid − oracle). */
  readonly averageBasis: number;
  readonly bestBid: number;
  readonly bestAsk: number;
  readonly lastTrade: number;
  /** Median of perpetuals elsewhere. */
  readonly outsidePerpetual: number;
}

/**
 * Mark: median of (oracle + its average basis), the own book's median of bid, ask and last, and perpetuals elsewhere.
 * The own book is one voice of three, so it alone moves nothing.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/robust-price-indices
 */
export function markPrice(sources: MarkSources): number {
  const { oracle, averageBasis, bestBid, bestAsk, lastTrade, outsidePerpetual } = sources;
  return middleOf(oracle + averageBasis, middleOf(bestBid, bestAsk, lastTrade), outsidePerpetual);
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
