import { clamp } from '../premium.ts';

/** Accounts that miss less than this are liquidated at once. */
const SMALL_SHORTAGE_USD = 50;
/** Share of what restoring margin leaves over that the insurance fund may take. */
const INSURANCE_SHARE = 0.95;

/**
 * Coins of a perpetual that must be closed to restore margin: shortage ÷ (price·quote·(ratio − fee) − price·insurance
 * fee). Without a positive divisor closing does not help and everything goes.
 *
 * @param position fees and ratio as shares of notional; oracle in quote units, quoteOracle USD per quote unit
 * @see drift-labs/protocol-v2, programs/drift/src/math/liquidation.rs
 * @example shortage 10 at 100, ratio 10 %, fee 1 %, insurance 1 % → 1.25
 */
export function coinsToCoverShortage(
  shortageUsd: number,
  position: {
    marginRatio: number;
    liquidationFee: number;
    insuranceFee: number;
    oracle: number;
    quoteOracle: number;
  },
): number {
  const { marginRatio, liquidationFee, insuranceFee, oracle, quoteOracle } = position;
  const restored = oracle * quoteOracle * (marginRatio - liquidationFee) - oracle * insuranceFee;
  return restored > 0 ? shortageUsd / restored : Number.POSITIVE_INFINITY;
}

/**
 * Units of a borrow that must be taken over to restore margin, paid with the account's asset.
 *
 * @param pair weights as shares; multipliers are 1 ± the liquidation fees of asset and liability
 * @see drift-labs/protocol-v2, programs/drift/src/math/liquidation.rs
 * @example shortage 10, weights 0.8 and 1.2, price 100 → 0.25
 */
export function liabilityToCoverShortage(
  shortageUsd: number,
  pair: {
    assetWeight: number;
    assetMultiplier: number;
    liabilityWeight: number;
    liabilityMultiplier: number;
    liabilityPrice: number;
    insuranceFee: number;
  },
): number {
  const asset = (pair.assetWeight * pair.assetMultiplier) / pair.liabilityMultiplier;
  const released = pair.liabilityWeight - asset - pair.insuranceFee * pair.liabilityWeight;
  return released > 0 ? shortageUsd / (pair.liabilityPrice * released) : Number.POSITIVE_INFINITY;
}

/**
 * Share of the missing margin that may be freed by now: a start, then linear in slots; all of it when little is
 * missing.
 *
 * @param pace freedUsd counts from the start of this liquidation
 * @returns share of what is missing now, 0…1
 * @see drift-labs/protocol-v2, programs/drift/src/math/liquidation.rs
 * @example 1,000 missing, start 10 %, 150 slots, at slot 0 → 0.1
 */
export function shareToLiquidate(
  shortageUsd: number,
  pace: { freedUsd: number; slotsElapsed: number; initialShare: number; durationSlots: number },
): number {
  if (shortageUsd < SMALL_SHORTAGE_USD) return 1;
  const passed = pace.durationSlots > 0 ? pace.slotsElapsed / pace.durationSlots : 1;
  const grown = Math.min(1, passed + pace.initialShare);
  const freeable = (shortageUsd + pace.freedUsd) * grown - pace.freedUsd;
  return clamp(freeable / shortageUsd, 0, 1);
}

/**
 * Liquidator's fee: grows per slot once an account has waited past its grace, up to a limit.
 *
 * @returns share of notional
 */
export function liquidationFee(
  slotsElapsed: number,
  ramp: { baseFee: number; maxFee: number; graceSlots: number; perSlot: number },
): number {
  const late = Math.max(0, slotsElapsed - ramp.graceSlots);
  return Math.min(ramp.baseFee + late * ramp.perSlot, Math.max(ramp.maxFee, ramp.baseFee));
}

/**
 * Insurance fund's fee in a liquidation: 95 % of what the margin ratio leaves after the liquidator and the shortage.
 *
 * @returns share of notional, never below 0 or above the market's limit
 * @example ratio 5 %, liquidator 1 %, 20 missing of 1,000 → 1.9 %
 */
export function insuranceFee(
  shortageUsd: number,
  position: { base: number; price: number; marginRatio: number; liquidatorFee: number; maxFee: number },
): number {
  const missing = shortageUsd / (Math.abs(position.base) * position.price);
  const left = position.marginRatio - position.liquidatorFee - missing;
  return clamp(INSURANCE_SHARE * left, 0, position.maxFee);
}
