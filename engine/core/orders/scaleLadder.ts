import type { PlaceScale } from '../../protocol/commands/types.ts';
import { mulDivFloor } from '../../units/round.ts';

/** A ratio of 1: all orders of a scale alike. */
export const RATIO_ONE_MILLI = 1_000;

/** One order of a scale. */
export interface Rung {
  priceTicks: number;
  lots: number;
}

/**
 * The orders of a scale, from its first price to its last.
 *
 * Prices stand at even steps, each rounded to the nearest tick, a half away from the first price. Sizes go by even
 * steps from the first to the last, each rounded down; the lots this leaves, fewer than there are orders, go one
 * each to the orders at the larger end. So sizes never turn, and they sum to the size asked for.
 *
 * @param scale two prices at least `count` − 1 ticks apart; a ratio within bounds
 * @example 10 lots in 4 orders, ratio 1 → 2 2 3 3; 100 lots in 4, ratio 3 → 12 20 30 38
 */
export function rungsOf({ fromTicks, toTicks, count, sizeLots, sizeRatioMilli }: PlaceScale): Rung[] {
  const steps = count - 1;
  const span = Math.abs(toTicks - fromTicks);
  const direction = toTicks < fromTicks ? -1 : 1;
  // Weights × steps × 1000, whole numbers: their sum is count × the mean of the first and the last.
  const weightOf = (rung: number): number =>
    RATIO_ONE_MILLI * steps + (sizeRatioMilli - RATIO_ONE_MILLI) * rung;
  const weights = (count * steps * (RATIO_ONE_MILLI + sizeRatioMilli)) / 2;
  const rungs: Rung[] = [];
  let left = sizeLots;
  for (let rung = 0; rung < count; rung++) {
    const step = Math.floor((2 * span * rung + steps) / (2 * steps));
    const lots = mulDivFloor(sizeLots, weightOf(rung), weights);
    rungs.push({ priceTicks: fromTicks + direction * step, lots });
    left -= lots;
  }
  const isRising = sizeRatioMilli >= RATIO_ONE_MILLI;
  for (let place = 0; place < left; place++) rungs[isRising ? count - 1 - place : place]!.lots++;
  return rungs;
}
