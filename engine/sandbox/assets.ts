import type { ListAsset } from '../protocol/commands/types.ts';
import { SOURCES } from './listings.ts';

/** What the desk takes as collateral beside the settlement currency. */
const collateral = [
  { name: 'BTC', underlying: 'BTC', weightPpm: 970_000, poolCapUnits: 20_000, redemptionPpm: 0 },
  { name: 'ETH', underlying: 'ETH', weightPpm: 960_000, poolCapUnits: 400_000, redemptionPpm: 0 },
  // A wrapper has an issuer who may fail: less counts, and less of it in all. Staked ether earns, so one is redeemed for more each day.
  { name: 'WBTC', underlying: 'BTC', weightPpm: 950_000, poolCapUnits: 2_000, redemptionPpm: 1_000_000 },
  { name: 'WSTETH', underlying: 'ETH', weightPpm: 930_000, poolCapUnits: 40_000, redemptionPpm: 1_230_000 },
];

/** Assets in the order of listing, which numbers them. */
export function listAssets(): ListAsset[] {
  const usdc = { name: 'USDC', decimals: 6, weightPpm: 1_000_000, underlying: '', sources: SOURCES };
  return [
    { kind: 'ListAsset', ...usdc, poolCapUnits: 0, redemptionPpm: 0 },
    ...collateral.map((terms) => ({ kind: 'ListAsset', decimals: 8, sources: 0, ...terms }) as const),
  ];
}
