import type { OpenInterestCaps } from './initialMargin.ts';

export const SOURCE =
  'dydxprotocol/v4-chain, protocol/testing/genesis.sh; SOL: proposal "Liquidity Tier Maintenance" (dydx.forum 2939)';
/** Day our copy was read. */
export const AS_OF = '2026-11-21';

export interface LiquidityTier {
  readonly initialPpm: bigint;
  /** Share of the initial fraction. */
  readonly maintenanceFractionPpm: bigint;
  readonly openInterest: OpenInterestCaps;
}

const NO_CAPS: OpenInterestCaps = { lower: 0n, upper: 0n };
const LARGE_CAP: LiquidityTier = {
  initialPpm: 20_000n,
  maintenanceFractionPpm: 600_000n,
  openInterest: NO_CAPS,
};
const MID_CAP: LiquidityTier = {
  initialPpm: 50_000n,
  maintenanceFractionPpm: 600_000n,
  openInterest: { lower: 40_000_000_000_000n, upper: 100_000_000_000_000n },
};
const SMALL_CAP: LiquidityTier = {
  initialPpm: 100_000n,
  maintenanceFractionPpm: 500_000n,
  openInterest: { lower: 20_000_000_000_000n, upper: 50_000_000_000_000n },
};

/** Markets of this desk that are in the chain's genesis, with their tiers. */
export const MARKETS: Readonly<Record<string, LiquidityTier>> = {
  BTC: LARGE_CAP,
  ETH: LARGE_CAP,
  SOL: MID_CAP,
  XRP: SMALL_CAP,
  DOGE: SMALL_CAP,
  ADA: SMALL_CAP,
  AVAX: SMALL_CAP,
  LINK: SMALL_CAP,
  LTC: SMALL_CAP,
};
