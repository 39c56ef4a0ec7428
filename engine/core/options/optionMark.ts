import { black76 } from '../../pricing/black76.ts';
import { USD_SCALE } from '../../units/money.ts';
import type { UsdPerLot } from '../../units/price.ts';
import type { State } from '../state.ts';
import { optionTermsOf } from './optionTerms.ts';

/**
 * What a lot of an option is worth: Black-76 on the forward of its day and the volatility its surface has
 * at its strike. The own book has no part in it.
 *
 * @returns micro-USD per lot, rounded to nearest, ≥ 0
 */
export function optionMarkOf(state: State, instrument: number): UsdPerLot {
  const { forward, strike, volatility, years, isCall, unitsPerLot } = optionTermsOf(state, instrument);
  const usd = black76(forward, strike, volatility, years, isCall);
  return Math.max(0, Math.floor(usd * USD_SCALE * unitsPerLot + 0.5)) as UsdPerLot;
}
