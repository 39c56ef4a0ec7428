export const SOURCE =
  'https://docs.drift.trade/getting-started/cross-collateral-deposits, and the market accounts of its SDK';
/** Day our copies were read. */
export const AS_OF = '2026-11-21';

/** Margin ratios of a perpetual, shares of notional. */
export interface DriftMarket {
  readonly initialRatio: number;
  readonly maintenanceRatio: number;
  /** Grows the ratios with √coins; 0 in our copy. */
  readonly imfFactor: number;
}

const MAJOR: DriftMarket = { initialRatio: 0.05, maintenanceRatio: 0.03, imfFactor: 0 };

export const MARKETS: Readonly<Record<string, DriftMarket>> = { BTC: MAJOR, ETH: MAJOR, SOL: MAJOR };

/** Shares of a deposit that count. */
export const ASSET_WEIGHTS: Readonly<Record<string, { initial: number; maintenance: number }>> = {
  BTC: { initial: 0.8, maintenance: 0.9 },
  ETH: { initial: 0.8, maintenance: 0.9 },
  SOL: { initial: 0.8, maintenance: 0.9 },
};
