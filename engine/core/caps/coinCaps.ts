import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/** Share of a market's open interest that one owner may hold, once the market has outgrown its launch floor. */
const OWNER_SHARE = 0.2;
/** USD × 1e8 per coin, and micro-USD per 1e-6 coin. */
const E8 = 1e8;

/**
 * Writes the caps of an underlying as coins at its new index: an order then compares sizes and divides nothing.
 */
export function putCoinCaps({ state, undo }: StateWriter, underlying: number): void {
  const u = state.underlyings.columns;
  const microCoinsPerUsd = E8 / u.indexE8[underlying]!;
  const horizon = Math.floor(u.horizonCap[underlying]! * microCoinsPerUsd);
  const floor = Math.floor(u.ownerFloor[underlying]! * microCoinsPerUsd);
  putF(undo, u.horizonMicroCoins, underlying, horizon);
  putF(undo, u.floorMicroCoins, underlying, Math.min(floor, horizon));
  putF(undo, u.capMicroCoins, underlying, Math.floor(u.openInterestCap[underlying]! * microCoinsPerUsd));
}

/**
 * What a firm may hold of an underlying: the launch floor or a fifth of open interest, times its multiple, and never
 * more than can be unwound in three days.
 *
 * @returns 1e-6 coins
 */
export function ownerCapMicroCoins(state: State, firm: number, underlying: number): number {
  const { openMicroCoins, floorMicroCoins, horizonMicroCoins } = state.underlyings.columns;
  const share = Math.max(floorMicroCoins[underlying]!, openMicroCoins[underlying]! * OWNER_SHARE);
  return Math.min(share * state.firms.columns.capMultiple[firm]!, horizonMicroCoins[underlying]!);
}

/** Micro-USD of a size in 1e-6 coins, at the index. */
export function microCoinsUsd(state: State, underlying: number, microCoins: number): number {
  return (microCoins * state.underlyings.columns.indexE8[underlying]!) / E8;
}
