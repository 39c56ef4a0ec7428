/**
 * Price at which an isolated position is closed: its margin less the loss equals maintenance and the closing fee.
 *
 * @param position margin is the pot's USD; fees and rates are shares of notional
 * @returns USD per coin
 * @see OKX, isolated liquidation price, as the exchange tests of freqtrade record it
 * @example long 1 at 10, margin 2, maintenance 1 %, fee 0.06 % → 8.0857
 */
export function liquidationPrice(position: {
  side: 1 | -1;
  size: number;
  entry: number;
  marginUsd: number;
  maintenanceRate: number;
  takerFee: number;
}): number {
  const { side, size, entry, marginUsd, maintenanceRate, takerFee } = position;
  return (entry - (side * marginUsd) / size) / (1 - side * (maintenanceRate + takerFee));
}
