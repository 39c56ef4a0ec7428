export const SOURCE =
  'https://www.binance.com/en/support/announcement/86cf9aa472574b8cb2e05bb751c2a9a6 (BTC); its liquidation price article (ETH)';
/** Day of the announcement; brackets are changed often. */
export const AS_OF = '2021-03-18';

/** From a notional on, the rate of maintenance. */
export type Bracket = readonly [lowerBoundUsd: number, maintenanceRate: number];

/** Brackets of the perpetuals; deductions follow from continuity. */
export const MARKETS: Readonly<Record<string, readonly Bracket[]>> = {
  BTC: [
    [0, 0.004],
    [50_000, 0.005],
    [250_000, 0.01],
    [1_000_000, 0.025],
    [10_000_000, 0.05],
    [20_000_000, 0.1],
    [50_000_000, 0.125],
    [100_000_000, 0.15],
    [200_000_000, 0.25],
    [300_000_000, 0.5],
  ],
  // The article's deduction of 135,365 at 10 % is what these bounds add up to.
  ETH: [
    [0, 0.005],
    [10_000, 0.0065],
    [100_000, 0.01],
    [500_000, 0.02],
    [1_000_000, 0.05],
    [2_000_000, 0.1],
    [5_000_000, 0.125],
    [10_000_000, 0.15],
    [20_000_000, 0.25],
  ],
};

/** Collateral rates of the portfolio margin programme, as of 18 April 2022. */
export const COLLATERAL_RATES: Readonly<Record<string, number>> = { BTC: 0.95 };

/** New orders are refused at 120 % and liquidation starts at 105 % of maintenance. */
export const NEW_ORDER_RATIO = 1.2;
export const LIQUIDATION_RATIO = 1.05;
