import type { MarginTier } from './marginTiers.ts';

export const SOURCE = 'https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers';
/** Day our copy of the page was read; the page has no date. */
export const AS_OF = '2026-11-21';

/** One tier up to a notional in millions of USD, a second one beyond. */
function twoTiers(maxLeverage: number, upToMillions: number, beyond: number): readonly MarginTier[] {
  return [
    { lowerBoundUsd: 0, maxLeverage },
    { lowerBoundUsd: upToMillions * 1_000_000, maxLeverage: beyond },
  ];
}

const LARGE = twoTiers(10, 20, 5);
const SMALL = twoTiers(10, 3, 5);

/** Mainnet tiers of the coins this desk lists. */
export const MARKETS: Readonly<Record<string, readonly MarginTier[]>> = {
  BTC: twoTiers(40, 150, 20),
  ETH: twoTiers(25, 100, 15),
  SOL: twoTiers(20, 70, 10),
  XRP: twoTiers(20, 40, 10),
  DOGE: LARGE,
  ADA: LARGE,
  AVAX: LARGE,
  LINK: LARGE,
  LTC: LARGE,
  SUI: LARGE,
  HYPE: LARGE,
  BNB: SMALL,
};
