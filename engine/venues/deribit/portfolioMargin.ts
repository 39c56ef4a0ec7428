/** Days at which the volatility shock is its base. */
const REFERENCE_DAYS = 30;

/**
 * Shock of implied volatility by time to expiry: base × (30 ÷ days)^power. Short options move more.
 *
 * @returns share of the volatility, 0.38 is ±38 %
 * @see Deribit, portfolio margin: volatility shock
 * @example 15 days, 38 %, power 0.30 → 46.8 %
 */
export function volatilityShock(days: number, base: number, power: number): number {
  return base * (REFERENCE_DAYS / days) ** power;
}

/**
 * Charge per option that is short on balance at a strike, calls and puts of it together.
 *
 * @param perOption coins per contract
 * @returns coins
 * @example 10 calls and −20 puts of one strike at 0.01 → 0.1
 */
export function shortOptionContingency(calls: number, puts: number, perOption: number): number {
  return Math.max(0, -(calls + puts)) * perOption;
}

/** Charge on futures that offset each other: share of the smaller side. Nothing when both are on one side. */
export function futureContingency(one: number, other: number, share: number): number {
  if (one * other >= 0) return 0;
  return Math.min(Math.abs(one), Math.abs(other)) * share;
}

/** How much of the loss of a move counts: tails beyond the reach are damped so that each counts like the reach. */
export interface DampedMove {
  /** Share of spot, −0.16 is a fall of 16 %. */
  readonly move: number;
  readonly weight: number;
}

/**
 * Largest loss of a delta over the moves; a delta alone answers linearly.
 *
 * @param deltaCoins signed
 * @returns USD, ≥ 0
 */
export function deltaScan(deltaCoins: number, spot: number, moves: readonly DampedMove[]): number {
  const losses = moves.map(({ move, weight }) => -deltaCoins * spot * move * weight);
  return Math.max(0, ...losses);
}
