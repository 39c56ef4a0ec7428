/**
 * How each coin behaves in the generated market: starting values, from measurements of perpetuals in
 * August 2024 (majors, order flow) and September 2025 to March 2026 (volatility, depth). Calibration
 * against whole recordings comes later.
 */
export interface Coin {
  readonly name: string;
  /** Where the path starts and slowly returns to, USD. */
  readonly startUsd: number;
  /** Volatility of a year, as a fraction. */
  readonly volYear: number;
  /** Loadings on the moves of the whole market and of the majors; the rest is the coin's own. */
  readonly marketLoading: number;
  readonly majorLoading: number;
  /** Resting on each side within 10 bp of the touch, USD: 0.8 % of an hour's turnover. */
  readonly depthUsd: number;
  /** Market orders per second at full pace, and the median of their sizes, USD. */
  readonly takesPerSecond: number;
  readonly takeUsdMedian: number;
  /** Probability that the next market order has the side of the last. */
  readonly sidePersistence: number;
  /** Quoted in fine steps by a maker of its own. */
  readonly isMajor: boolean;
}

function major(
  name: string,
  startUsd: number,
  volYear: number,
  [marketLoading, majorLoading]: [number, number],
  depthUsd: number,
  [takesPerSecond, takeUsdMedian, sidePersistence]: [number, number, number],
): Coin {
  return {
    name,
    startUsd,
    volYear,
    marketLoading,
    majorLoading,
    depthUsd,
    takesPerSecond,
    takeUsdMedian,
    sidePersistence,
    isMajor: true,
  };
}

/** Alts have the flow of thinner books: fewer and smaller orders, more persistent in side. */
function alt(
  name: string,
  startUsd: number,
  volYear: number,
  marketLoading: number,
  depthUsd: number,
  takesPerSecond: number,
): Coin {
  return {
    name,
    startUsd,
    volYear,
    marketLoading,
    majorLoading: 0,
    depthUsd,
    takesPerSecond,
    takeUsdMedian: 400,
    sidePersistence: 0.72,
    isMajor: false,
  };
}

const coins: readonly Coin[] = [
  major('BTC', 63_100, 0.48, [0.84, 0.38], 6_000_000, [15.8, 1_900, 0.6]),
  major('ETH', 2_680, 0.62, [0.88, 0.32], 3_600_000, [10.2, 900, 0.66]),
  alt('SOL', 152, 0.76, 0.91, 900_000, 5),
  alt('XRP', 0.602, 0.7, 0.89, 330_000, 3),
  alt('DOGE', 0.10412, 0.82, 0.93, 220_000, 2.5),
  alt('ADA', 0.34215, 0.8, 0.95, 100_000, 1.5),
  alt('AVAX', 21.84, 0.85, 0.89, 90_000, 1.5),
  alt('LINK', 10.412, 0.78, 0.95, 90_000, 1.5),
  alt('LTC', 61.35, 0.68, 0.83, 70_000, 1),
  alt('SUI', 0.9123, 0.9, 0.93, 110_000, 2),
  alt('HYPE', 24.318, 0.95, 0.64, 120_000, 2),
  alt('BNB', 512.4, 0.58, 0.82, 180_000, 2),
];

/** How a coin behaves; undefined for one that the generated market does not know. */
export function coinOf(name: string): Coin | undefined {
  return coins.find((coin) => coin.name === name);
}
