import { InstrumentKind, OptionType } from '../../protocol/enums.ts';
import { type PriceE8, type UsdPerLot, usdPerLotOf } from '../../units/price.ts';
import type { State } from '../state.ts';

/**
 * What a lot is settled at: the price itself for a future, what exercise would bring for an option.
 *
 * @param priceE8 settlement price of the underlying, USD × 1e8
 * @returns micro-USD per lot, rounded to nearest, ≥ 0
 * @example a 60 000 call of 0.01 BTC a lot at 61 234 → 12.34 USD, 12 340 000
 */
export function settlementPerLot(state: State, instrument: number, priceE8: PriceE8): UsdPerLot {
  const i = state.instruments.columns;
  const lotsPerUnit = i.lotsPerUnit[instrument]!;
  if (i.kind[instrument] !== InstrumentKind.option) return usdPerLotOf(priceE8, lotsPerUnit);
  const strikeE8 = i.strikeE8[instrument]!;
  const isCall = i.optionType[instrument] === OptionType.call;
  const intrinsicE8 = Math.max(0, isCall ? priceE8 - strikeE8 : strikeE8 - priceE8);
  return usdPerLotOf(intrinsicE8 as PriceE8, lotsPerUnit);
}
