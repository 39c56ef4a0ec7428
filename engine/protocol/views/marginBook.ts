import type { Usd } from '../../units/money.ts';
import type { Bps, Ppm } from '../../units/rate.ts';

/** What the journal says about the risk of one underlying. Integers only, so that every replay reads the same. */
export interface UnderlyingRisk {
  /** Name in sentences: `BTC`. */
  readonly symbol: string;
  /** Reference volatility of one day. BTC 3.5 % is 35 000. */
  readonly sigmaPpm: Ppm;
  /** Shortest time in which any position can be closed. */
  readonly horizonMinutesMin: number;
  /** 30-day median volume of the index sources in a day, times our share. */
  readonly adv30Usd: Usd;
  /** Volatility multiplier for new risk; never below `muMaintenancePpm`. 1 is 1 000 000. */
  readonly muInitialPpm: Ppm;
  /** Volatility multiplier for risk already held; follows its published schedule. */
  readonly muMaintenancePpm: Ppm;
  /** The range never falls below this, however calm the market: the cap on leverage. */
  readonly rangeFloorPpm: Ppm;
  /** What a short loses in a rise, against the range: 1 200 000 where the upper tail is fatter, else 1 000 000. */
  readonly upFactorPpm: Ppm;
  /** BTC and ETH. All others are alts: their correlation with a major is capped and the gap scenario hits them in full. */
  readonly isMajor: boolean;
  /** Open interest counts as at least this, or nobody could open a market. Absent: it counts as it is. */
  readonly launchFloorUsd?: Usd;
  /** Between these two the market's open interest raises initial margin to the whole notional. Absent: never. */
  readonly openInterestRampUsd?: { readonly from: Usd; readonly to: Usd };
}

/** Everything the grid needs to know about markets, as it is journalled. */
export interface RiskSource {
  /** Position in the array is the underlying id. */
  readonly underlyings: readonly UnderlyingRisk[];
  /** Correlation of a quiet half-year, `underlyings × underlyings`, symmetric, 1 000 000 on the diagonal. */
  readonly calmPpm: readonly number[];
  /** Correlation of a week of stress, same shape. */
  readonly stressPpm: readonly number[];
  /** Ranges are this many volatilities wide. 6 is 6 000 000. */
  readonly zPpm: Ppm;
  /** The range never passes this share of the price. */
  readonly rangeCapPpm: Ppm;
  /** Maintenance margin as a share of the scan. */
  readonly maintenanceShareBps: Bps;
  /** The underlying "the market" is measured in: BTC. */
  readonly marketUnderlying: number;
}

/** Columns of a portfolio by name, each cut to the rows in use. */
export type PortfolioColumns = Readonly<Record<string, readonly number[]>>;

/**
 * An account as margin reads it, every column of it, so that a page computes with the engine's own functions
 * what the engine did. What only new risk asks about is left out: orders, and the owner's other subaccounts.
 */
export interface PortfolioView {
  readonly rows: PortfolioColumns;
  readonly collateral: PortfolioColumns;
  /** Blocks of risk vectors, summed over the options held in one underlying. */
  readonly options: PortfolioColumns;
  readonly expiries: PortfolioColumns;
  readonly numbers: Readonly<Record<string, number | boolean>>;
}

/** What goes with an account view of the same sequence to whoever computes its gauge again at newer marks. */
export interface MarginBookView {
  readonly portfolio: PortfolioView;
  /** Micro-USD per coin, by underlying id. */
  readonly indexUsd: readonly number[];
  /** Changes when the parameters do. */
  readonly version: string;
  /** Told with the first book of a subscription and whenever `version` changes. */
  readonly source?: RiskSource;
}
