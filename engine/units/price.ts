import type { Brand } from './brand.ts';

/** Integer price in ticks of its instrument. Order prices are always on tick by construction. */
export type PriceTicks = Brand<number, 'PriceTicks'>;

/** Micro-USD that one lot is worth. Mark and index use it: |lots| × usdPerLot is a notional without rounding. */
export type UsdPerLot = Brand<number, 'UsdPerLot'>;

/** USD × 1e8 for one whole coin: what oracle sources report. */
export type PriceE8 = Brand<number, 'PriceE8'>;

/** PriceE8 in one USD. */
export const PRICE_E8_SCALE = 100_000_000;

/**
 * What one lot is worth at an oracle price.
 *
 * @param priceE8 USD × 1e8 per coin
 * @param lotsPerUnit lots in one coin
 * @returns micro-USD per lot, rounded to nearest (half up)
 * @example BTC 60 000 USD, 10 000 lots per BTC → 6 000 000 micro-USD per lot
 */
export function usdPerLotOf(priceE8: PriceE8, lotsPerUnit: number): UsdPerLot {
  return Math.floor(priceE8 / 100 / lotsPerUnit + 0.5) as UsdPerLot;
}
