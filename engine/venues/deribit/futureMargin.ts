/** Requirement of a linear perpetual that grows with size. */
export interface SizeScaledRate {
  /** Share of notional at size 0. */
  readonly base: number;
  /** Added per coin of position. */
  readonly perCoin: number;
}

/**
 * Standard margin of a linear perpetual: size × (base + slope·size) × price. It is the same for initial and
 * maintenance, with another base.
 *
 * @param price index, USD per coin
 * @returns USDC
 * @see https://support.deribit.com/hc/en-us/articles/25944738177565-Linear-Perpetual
 * @example 25 BTC at 100,000, 2 % + 0.005 % a coin → 53,125
 */
export function sizeScaledMargin(size: number, price: number, rate: SizeScaledRate): number {
  const coins = Math.abs(size);
  return coins * (rate.base + rate.perCoin * coins) * price;
}
