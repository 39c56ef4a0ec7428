/**
 * How far the impact prices stand outside the index, as a share of it: positive when even a sale of the impact
 * notional would be filled above the index, negative when a purchase is filled below it, 0 while the index is between.
 *
 * @param book USD per coin: average fills of the impact notional on both sides, and the index
 * @see the funding pages of Hyperliquid, dYdX and Derive, which all measure it this way
 * @example index 10,000, impact bid 10,100 → 0.01
 */
export function premiumOf(book: { impactBid: number; impactAsk: number; index: number }): number {
  const above = Math.max(book.impactBid - book.index, 0);
  const below = Math.max(book.index - book.impactAsk, 0);
  return (above - below) / book.index;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
