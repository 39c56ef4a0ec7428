import type { SynthetixMarket } from './margin.ts';

export const SOURCE =
  'Synthetixio/Synthetix-Gitbook-v3, deployment-info (Arbitrum); collateral of SCCP-357. The table prints minimum ratio and maintenance scalar in each other’s place.';
/** Day our copy was read. */
export const AS_OF = '2026-11-21';

function market(skewScale: number, initialFraction: number): SynthetixMarket {
  return {
    skewScale,
    initialFraction,
    minInitialRatio: 0.02,
    maintenanceScalar: 0.333,
    minPositionUsd: 50,
  };
}

export const MARKETS: Readonly<Record<string, SynthetixMarket>> = {
  BTC: market(35_000, 1.07),
  ETH: market(350_000, 0.744),
  SOL: market(1_406_250, 5.503),
};

/** A deposit is discounted by what selling it would move its market, between two bounds. */
export interface CollateralDiscount {
  readonly lower: number;
  readonly upper: number;
  readonly skewScale: number;
}

export const COLLATERAL: Readonly<Record<string, CollateralDiscount>> = {
  BTC: { lower: 0.01, upper: 0.075, skewScale: 35_000 },
  ETH: { lower: 0.01, upper: 0.1, skewScale: 350_000 },
};
