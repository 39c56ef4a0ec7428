import type { SizeScaledRate } from './futureMargin.ts';

export const SOURCE =
  'https://support.deribit.com/hc/en-us/articles/25944738177565-Linear-Perpetual; ETH: notice of 11 January 2022';
/** Day our copy of the page was read. */
export const AS_OF = '2026-11-21';

export interface DeribitMarket {
  readonly initial: SizeScaledRate;
  readonly maintenance: SizeScaledRate;
}

function market(initial: number, maintenance: number, perCoin: number): DeribitMarket {
  return { initial: { base: initial, perCoin }, maintenance: { base: maintenance, perCoin } };
}

/** Perpetuals and futures settled in USDC. */
export const MARKETS: Readonly<Record<string, DeribitMarket>> = {
  BTC: market(0.02, 0.01, 0.000_05),
  ETH: market(0.02, 0.01, 0.000_004),
  SOL: market(0.04, 0.02, 0.000_005),
};

/** Coins that are cross collateral for everything there. */
export const CROSS_COLLATERAL: Readonly<Record<string, true>> = { BTC: true, ETH: true };
