import { maintenanceRateAt } from './marginTiers.ts';

/** One position with the margin that stands behind it. */
export interface MarginedPosition {
  /** 1 long, −1 short. */
  readonly side: 1 | -1;
  /** Coins, positive. */
  readonly size: number;
  /** USD per coin at which `marginUsd` is measured: the entry for an isolated pot, the mark for an account. */
  readonly price: number;
  /** The pot's margin at that price; for cross, account value less the maintenance of the other positions. */
  readonly marginUsd: number;
  readonly maxLeverage: number;
}

/**
 * Price at which the position's margin falls to its maintenance: price − side·available ÷ size ÷ (1 − l·side), where
 * l is the maintenance rate and available the margin above maintenance.
 *
 * @returns USD per coin; 0 or less says that no fall of the price liquidates a long
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations
 * @example long 1 at 350 with 50 of margin, 10x → 315.79
 */
export function liquidationPrice({ side, size, price, marginUsd, maxLeverage }: MarginedPosition): number {
  const rate = maintenanceRateAt(maxLeverage);
  const available = marginUsd - size * price * rate;
  return price - (side * available) / size / (1 - rate * side);
}
