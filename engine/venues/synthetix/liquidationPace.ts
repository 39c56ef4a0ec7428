/** What limits how much of a market may be liquidated in a window. */
export interface LiquidationWindow {
  readonly makerFee: number;
  readonly takerFee: number;
  readonly skewScale: number;
  readonly multiplier: number;
  readonly windowS: number;
}

/**
 * Coins liquidated at once and what waits for the next windows: (maker + taker) × skew scale × multiplier × seconds.
 *
 * @see Synthetixio/synthetix-v3, markets/perps-market, maxLiquidationAmountInWindow
 * @example fees of 1 %, scale 1,000, 10 s: 150 are liquidated as 100 and 50
 */
export function liquidationInWindow(
  size: number,
  window: LiquidationWindow,
): { first: number; remaining: number } {
  const coins = Math.abs(size);
  const room = (window.makerFee + window.takerFee) * window.skewScale * window.multiplier * window.windowS;
  const first = Math.min(coins, room);
  return { first, remaining: coins - first };
}
