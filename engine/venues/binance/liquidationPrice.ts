/** One position with its bracket: maintenance is notional × rate − `deductionUsd`. */
export interface BracketPosition {
  /** Signed coins. */
  readonly size: number;
  readonly entry: number;
  readonly maintenanceRate: number;
  readonly deductionUsd: number;
}

/** A position of the same account that is valued at its mark. */
export interface MarkedPosition extends BracketPosition {
  readonly mark: number;
}

/** Maintenance of a position at a price, USD. */
export function bracketMaintenance(position: BracketPosition, price: number): number {
  return Math.abs(position.size) * price * position.maintenanceRate - position.deductionUsd;
}

/** Profit of a position at a price, USD: (price − entry) × signed size. */
export function unrealizedPnl(size: number, entry: number, price: number): number {
  return (price - entry) * size;
}

/**
 * Price of one position at which the wallet and all profits equal all maintenance: (WB − TMM + UPNL + cum − q·entry) ÷
 * (|q|·rate − q), where TMM and UPNL are those of the other positions.
 *
 * @param walletUsd wallet of the account for cross, of the position for isolated
 * @returns USD per coin; 0 or less means that no fall of the price liquidates
 * @see Binance support, liquidation price of USD-M futures
 */
export function liquidationPrice(
  walletUsd: number,
  position: BracketPosition,
  others: readonly MarkedPosition[] = [],
): number {
  const { size, entry, maintenanceRate, deductionUsd } = position;
  let free = walletUsd;
  for (const other of others) {
    free += unrealizedPnl(other.size, other.entry, other.mark) - bracketMaintenance(other, other.mark);
  }
  return (free + deductionUsd - size * entry) / (Math.abs(size) * maintenanceRate - size);
}
