import { black76 } from '../../pricing/black76.ts';
import { exp } from '../../pricing/exp.ts';

const SECONDS_PER_YEAR = 365 * 86_400;
const THIRTY_DAYS_S = 30 * 86_400;
/** Settlement averages the index over this time. */
const AVERAGING_S = 1_800;

/** A position in one option; all of an expiry share its forward. */
export interface DeriveOption {
  /** USD per coin. */
  readonly strike: number;
  readonly isCall: boolean;
  /** Contracts of one coin, negative when short. */
  readonly size: number;
  /** Per √year: 0.65 is 65 %. */
  readonly volatility: number;
}

export interface DeriveExpiry {
  readonly secondsToExpiry: number;
  /** The part of the forward that moves with spot, USD per coin. */
  readonly forwardVariable: number;
  /** The part an averaging settlement has already fixed. */
  readonly forwardFixed: number;
  /** Yearly interest rate of the feed. */
  readonly rate: number;
  /** Lowest confidence of the expiry's feeds, 0…1. */
  readonly confidence: number;
  readonly options: readonly DeriveOption[];
}

export function yearsOf(secondsToExpiry: number): number {
  return secondsToExpiry / SECONDS_PER_YEAR;
}

/** e^(−rate·years) with a rate that is never below 0: what a dollar at expiry is worth today. */
export function discountOf({ rate, secondsToExpiry }: DeriveExpiry): number {
  return exp(-Math.max(0, rate) * yearsOf(secondsToExpiry));
}

/**
 * What of a forward can still move: settlement is the average over the last half hour, so that its past is fixed. The
 * average so far is taken to be the forward itself.
 *
 * @example 900 s before expiry half of it is fixed
 */
export function forwardPortions(
  forward: number,
  secondsToExpiry: number,
): { forwardVariable: number; forwardFixed: number } {
  const open = Math.min(1, Math.max(0, secondsToExpiry) / AVERAGING_S);
  return { forwardVariable: forward * open, forwardFixed: forward * (1 - open) };
}

/**
 * Value of all options of an expiry when spot is multiplied and each volatility replaced.
 *
 * @param spotShock 1.05 is +5 %; the fixed part of the forward stays
 * @returns USD, undiscounted, positive in favour of the holder
 */
export function expiryValue(
  expiry: DeriveExpiry,
  spotShock: number,
  volatilityOf: (option: DeriveOption) => number = ({ volatility }) => volatility,
): number {
  const forward = expiry.forwardVariable * spotShock + expiry.forwardFixed;
  const years = yearsOf(expiry.secondsToExpiry);
  let value = 0;
  for (const option of expiry.options) {
    value += option.size * black76(forward, option.strike, volatilityOf(option), years, option.isCall);
  }
  return value;
}

/** How volatility moves in the scenarios up and down. */
export interface VolatilityShock {
  readonly rangeUp: number;
  readonly rangeDown: number;
  /** Exponent of (30 days ÷ time) up to 30 days, and beyond. */
  readonly shortTermPower: number;
  readonly longTermPower: number;
  readonly floorSeconds: number;
}

/**
 * Factors on volatility: 1 + up·(30 d ÷ t)^p and 1 − down·(30 d ÷ t)^p, never below 0.
 *
 * @see derivexyz/v2-core, src/risk-managers/PMRMLib.sol
 * @example 30 days, 45 % and 30 % → 1.45 and 0.70
 */
export function volatilityFactors(
  secondsToExpiry: number,
  shock: VolatilityShock,
): { up: number; down: number } {
  const power = secondsToExpiry <= THIRTY_DAYS_S ? shock.shortTermPower : shock.longTermPower;
  const scale = (THIRTY_DAYS_S / Math.max(secondsToExpiry, shock.floorSeconds)) ** power;
  return { up: 1 + shock.rangeUp * scale, down: Math.max(0, 1 - shock.rangeDown * scale) };
}

/** When an expiry's forward alone may move: the price moves looked at, and how much of the loss is charged. */
export interface BasisContingency {
  readonly spotUp: number;
  readonly spotDown: number;
  readonly addFactor: number;
  /** Per year to expiry. */
  readonly multiplyFactor: number;
}

/** Charge for forwards that do not move together: worse of two moves of this expiry alone, times its factor; ≤ 0. */
export function basisLoss(expiry: DeriveExpiry, basis: BasisContingency, discount = 1): number {
  const now = expiryValue(expiry, 1);
  const up = expiryValue(expiry, basis.spotUp) - now;
  const down = expiryValue(expiry, basis.spotDown) - now;
  const factor = basis.addFactor + basis.multiplyFactor * yearsOf(expiry.secondsToExpiry);
  return Math.min(up, down, 0) * discount * factor;
}

/** Short contracts that no long one of the same strike covers, call or put alike. */
export function nakedShorts(options: readonly DeriveOption[]): number {
  const byStrike = new Map<number, { short: number; long: number }>();
  for (const { strike, size } of options) {
    const held = byStrike.get(strike) ?? { short: 0, long: 0 };
    if (size < 0) held.short -= size;
    else held.long += size;
    byStrike.set(strike, held);
  }
  let naked = 0;
  for (const { short, long } of byStrike.values()) naked += Math.max(0, short - long);
  return naked;
}

/** Contracts held, long and short together. */
export function contractsOf(options: readonly DeriveOption[]): number {
  return options.reduce((sum, { size }) => sum + Math.abs(size), 0);
}
