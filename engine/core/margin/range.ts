import type { RiskParameters } from './parameters.ts';

/** Initial margin opens risk, maintenance margin keeps it: two evaluations of the same grid. */
export type MarginKind = 'initial' | 'maintenance';

/**
 * The move of an underlying that a position of this size must survive, as a fraction of the price.
 *
 * R = clamp(z·σ·μ·√h, floor, cap) with h = h_min + D ÷ (3 · 0.20 · ADV): the larger the position, the
 * longer it takes to close. This replaces leverage tiers and has no cliff.
 *
 * @param dayRange z·σ·μ of the underlying, initial or maintenance
 * @param sizeUsd D, micro-USD ≥ 0: what would have to be closed
 * @see engine/core/margin/README.md, Range
 * @example BTC, σ 3.5 %, h_min 30 min: a tiny position 3.03 % (33x), 3 % of ADV 5.6 % (18x), 30 % of ADV 15.2 % (7x)
 */
export function rangeOf(
  parameters: RiskParameters,
  underlying: number,
  dayRange: number,
  sizeUsd: number,
): number {
  const horizonDays =
    parameters.horizonDaysMin[underlying]! + sizeUsd / parameters.unwindUsdPerDay[underlying]!;
  const range = dayRange * Math.sqrt(horizonDays);
  return clampedRange(parameters, underlying, range);
}

/** Options and their hedges take at least half a day to close, whatever the underlying. */
const OPTION_HORIZON_DAYS_MIN = 0.5;

/** The range of options and of what hedges them: the same with a shortest horizon of 12 hours. */
export function optionRangeOf(
  parameters: RiskParameters,
  underlying: number,
  dayRange: number,
  sizeUsd: number,
): number {
  const shortest = Math.max(OPTION_HORIZON_DAYS_MIN, parameters.horizonDaysMin[underlying]!);
  const range = dayRange * Math.sqrt(shortest + sizeUsd / parameters.unwindUsdPerDay[underlying]!);
  return clampedRange(parameters, underlying, range);
}

/** Comparisons, not `Math.min` and `Math.max`: those also look for NaN and −0, which costs as much as the root. */
function clampedRange({ rangeFloor, rangeCap }: RiskParameters, underlying: number, range: number): number {
  if (range > rangeCap) return rangeCap;
  const floor = rangeFloor[underlying]!;
  return range < floor ? Math.min(rangeCap, floor) : range;
}

/**
 * How fast the range grows with size: the derivative of `rangeOf` by `sizeUsd`, 0 where it is clamped.
 */
export function rangeSlopeOf(
  parameters: RiskParameters,
  underlying: number,
  dayRange: number,
  sizeUsd: number,
): number {
  const unwindUsdPerDay = parameters.unwindUsdPerDay[underlying]!;
  const root = Math.sqrt(parameters.horizonDaysMin[underlying]! + sizeUsd / unwindUsdPerDay);
  const range = dayRange * root;
  if (range >= parameters.rangeCap || range <= parameters.rangeFloor[underlying]!) return 0;
  return dayRange / (2 * root * unwindUsdPerDay);
}
