import { ceilingOf, type Fraction, fraction, scaled, times, truncated } from './fraction.ts';

/** USDC has six decimals: its quantum is a micro-USD. */
export const QUOTE_RESOLUTION = -6;

/** One market as its subaccounts see it. */
export interface DydxMarket {
  /** USD per coin. */
  readonly oracle: Fraction;
  /** A base quantum is 10^resolution coins. */
  readonly resolution: number;
  /** Share of notional that must be kept. */
  readonly maintenanceFraction: Fraction;
}

export interface DydxPosition {
  readonly market: DydxMarket;
  /** Signed. */
  readonly baseQuantums: bigint;
}

export interface DydxSubaccount {
  readonly usdcQuantums: bigint;
  readonly positions: readonly DydxPosition[];
}

/** Signed notional at the oracle price, quote quantums, towards zero. */
export function netNotional(market: DydxMarket, baseQuantums: bigint): bigint {
  const coins = scaled(fraction(baseQuantums), market.resolution);
  return truncated(scaled(times(coins, market.oracle), -QUOTE_RESOLUTION));
}

/** What a position must keep, quote quantums, rounded up. */
export function maintenanceOf(market: DydxMarket, baseQuantums: bigint): bigint {
  const notional = netNotional(market, baseQuantums < 0n ? -baseQuantums : baseQuantums);
  return ceilingOf(times(fraction(notional), market.maintenanceFraction));
}

/** Collateral with every position at its oracle price, and the maintenance of all of them. */
export function totalsOf({ usdcQuantums, positions }: DydxSubaccount): {
  netCollateral: bigint;
  maintenance: bigint;
} {
  let netCollateral = usdcQuantums;
  let maintenance = 0n;
  for (const { market, baseQuantums } of positions) {
    netCollateral += netNotional(market, baseQuantums);
    maintenance += maintenanceOf(market, baseQuantums);
  }
  return { netCollateral, maintenance };
}

/**
 * The venue's one test: maintenance is above zero and above the collateral.
 *
 * @see protocol/x/subaccounts, IsLiquidatable
 */
export function isLiquidatable(subaccount: DydxSubaccount): boolean {
  const { netCollateral, maintenance } = totalsOf(subaccount);
  return maintenance > 0n && maintenance > netCollateral;
}
