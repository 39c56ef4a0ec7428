/**
 * Price of a fill: mean of the prices before and after it moves the skew, price × (1 + skew ÷ scale).
 *
 * @param size signed coins: a purchase raises the skew
 * @see Synthetixio/synthetix-v3, markets/perps-market, AsyncOrder
 * @example 1,200, size 100, no skew, scale 1,000,000 → 1,200.06
 */
export function fillPrice(price: number, size: number, skew: number, skewScale: number): number {
  const before = price * (1 + skew / skewScale);
  const after = price * (1 + (skew + size) / skewScale);
  return (before + after) / 2;
}
