/** A spot balance with orders that would change it, in one collateral asset. */
export interface SpotHolding {
  /** Units held; negative when borrowed. */
  readonly balance: number;
  /** Units open orders would buy and sell, both positive. */
  readonly bids: number;
  readonly asks: number;
  readonly openOrders: number;
  /** USD per unit. */
  readonly price: number;
  /** Share of a positive value that counts, and of a negative one that is owed. */
  readonly assetWeight: number;
  readonly liabilityWeight: number;
}

/** Each open order needs a cent, so that orders are not free. */
const OPEN_ORDER_USD = 0.01;
/** What of a ratio remains before the size premium is added. */
const RATIO_SHARE = 0.8;

/**
 * Initial asset weight of a pool that has grown past its scale: shrinks by start ÷ value.
 *
 * @param scaleStartUsd 0 means never
 * @see drift-labs/protocol-v2, SpotMarket get_scaled_initial_asset_weight
 * @example 60,000 at 25, start 500,000, weight 0.9 → 0.3
 */
export function scaledAssetWeight(
  deposits: number,
  price: number,
  scaleStartUsd: number,
  weight: number,
): number {
  const value = deposits * price;
  if (scaleStartUsd <= 0 || value <= scaleStartUsd) return weight;
  return weight * (scaleStartUsd / value);
}

/**
 * What a spot balance brings and needs when its orders fill in the worse way: all bids or all asks, whichever leaves
 * less free. The USDC that moves counts at par on the side it moves to.
 *
 * @returns USD of collateral and of requirement, USDC of the account not included
 * @see drift-labs/protocol-v2, programs/drift/src/math/margin.rs
 * @example 10,000 USDC and a bid for 500 at 100, weight 0.8 → collateral 40,000, requirement 50,000.01
 */
export function worstCaseSpot(holding: SpotHolding): { collateralUsd: number; requirementUsd: number } {
  const bought = afterFill(holding, holding.bids, -1);
  const sold = afterFill(holding, holding.asks, 1);
  const worse = sold.freeUsd <= bought.freeUsd ? sold : bought;
  return {
    collateralUsd: worse.collateralUsd,
    requirementUsd: worse.requirementUsd + holding.openOrders * OPEN_ORDER_USD,
  };
}

/** @param quoteSign −1 when the fill pays USDC, 1 when it receives it */
function afterFill(holding: SpotHolding, filled: number, quoteSign: 1 | -1) {
  const value = (holding.balance - quoteSign * filled) * holding.price;
  const quote = quoteSign * filled * holding.price;
  const collateralUsd = Math.max(0, value) * holding.assetWeight + Math.max(0, quote);
  const requirementUsd = Math.max(0, -value) * holding.liabilityWeight + Math.max(0, -quote);
  return { collateralUsd, requirementUsd, freeUsd: collateralUsd - requirementUsd };
}

/**
 * Margin ratio of a perpetual, growing with the root of its size: four fifths of the market's ratio plus factor·√coins,
 * never below the ratio itself.
 *
 * @see drift-labs/protocol-v2, programs/drift/src/math/margin.rs
 */
export function sizedMarginRatio(ratio: number, imfFactor: number, size: number): number {
  if (imfFactor <= 0) return ratio;
  return Math.max(ratio, ratio * RATIO_SHARE + imfFactor * Math.sqrt(Math.abs(size)));
}
