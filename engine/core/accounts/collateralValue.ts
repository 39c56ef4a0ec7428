import { PPM_SCALE } from '../../units/rate.ts';
import { balanceOf } from '../ledger/post.ts';
import { OUTSIDE } from '../ledger/systemAccounts.ts';
import { scaledWeightPpm } from '../margin/equity.ts';
import type { State } from '../state.ts';

const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** Smallest units in a whole one of an asset. */
export function wholeUnitsOf({ directory }: State, asset: number): number {
  return POWERS_OF_TEN[directory.assets[asset]!.decimals]!;
}

/** Micro-USD of an amount of a collateral asset, rounded down: against the account, for a balance and for a debt. */
export function collateralValueUsd(state: State, asset: number, amount: number): number {
  // USD × 1e8 per coin ÷ 100 is micro-USD per coin; an amount is coins × 10^decimals.
  const unit = wholeUnitsOf(state, asset);
  return Math.floor(amount * (collateralPriceE8(state, asset) / 100 / unit));
}

/**
 * What a whole unit of a collateral asset is worth: the index of its underlying, for a wrapped asset times what
 * it is redeemed for. Never its own book, which a few can push or empty.
 *
 * @param asset not the settlement currency
 * @returns USD × 1e8, rounded down for a wrapped asset; 0 before the first index
 * @example wrapped ether redeemed for 1.23, index 3 000 USD → 3 690 USD
 */
export function collateralPriceE8(state: State, asset: number): number {
  const { underlying, redemptionPpm } = state.directory.assets[asset]!;
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  return redemptionPpm === 0 ? indexE8 : Math.floor(indexE8 * (redemptionPpm / PPM_SCALE));
}

/** Share of an asset's value that counts: as listed, and less where the venue holds more of it than its cap. */
export function collateralWeightPpm(state: State, asset: number): number {
  const { weightPpm, poolCapUnits, decimals } = state.directory.assets[asset]!;
  if (poolCapUnits === 0) return weightPpm;
  const pool = -balanceOf(state, OUTSIDE, asset);
  return scaledWeightPpm(weightPpm, pool, poolCapUnits * POWERS_OF_TEN[decimals]!);
}
