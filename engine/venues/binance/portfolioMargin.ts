/** Equity of one asset: the haircut lowers what is held, never what is owed. */
export function countedEquity(netAsset: number, indexPrice: number, collateralRate: number): number {
  return Math.min(netAsset * collateralRate, netAsset) * indexPrice;
}

/** What the account may do, by unified maintenance margin ratio. */
export type UniMmrState = 'free' | 'reminder' | 'reduce_only' | 'liquidation' | 'liquidation_with_claim';

/** The ladder from above: over the first bound everything is free. */
const LADDER: readonly (readonly [above: number, state: UniMmrState])[] = [
  [1.5, 'free'],
  [1.2, 'reminder'],
  [1.05, 'reduce_only'],
  [1, 'liquidation'],
];

/** Equity ÷ maintenance; infinite without anything to maintain. */
export function uniMmr(equityUsd: number, maintenanceUsd: number): number {
  return maintenanceUsd > 0 ? equityUsd / maintenanceUsd : Number.POSITIVE_INFINITY;
}

/**
 * State of an account: free above 150 %, reminded to 120 %, only reducing to 105 %, liquidated under it, and at 100 %
 * or less the venue may claim the loss.
 *
 * @see https://www.binance.com/en/support/faq/5e33af8e6ac04d57a1d0a3398e0a0752
 */
export function uniMmrState(equityUsd: number, maintenanceUsd: number): UniMmrState {
  const ratio = uniMmr(equityUsd, maintenanceUsd);
  return LADDER.find(([above]) => ratio > above)?.[1] ?? 'liquidation_with_claim';
}
