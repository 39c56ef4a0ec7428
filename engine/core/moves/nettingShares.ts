import { mulDivFloor } from '../../units/round.ts';

/**
 * Which part of each position is crossed when longs meet shorts: all of the smaller side, of the larger one in
 * proportion. Shares are the steps of one running sum, rounded down: each is within a lot of its exact part, none
 * passes its position, and they sum to what is crossed.
 *
 * @param positions signed lots
 * @returns lots ≥ 0 that each gives up, in the same order; all 0 where only one side is there
 * @example [30, 30, 30, −10] → [3, 3, 4, 10]
 */
export function nettingShares(positions: readonly number[]): number[] {
  const total = { long: 0, short: 0 };
  for (const lots of positions) {
    if (lots > 0) total.long += lots;
    else total.short -= lots;
  }
  const crossed = Math.min(total.long, total.short);
  const run = { long: 0, short: 0 };
  return positions.map((lots) => {
    if (lots === 0 || crossed === 0) return 0;
    const side = lots > 0 ? 'long' : 'short';
    const before = mulDivFloor(crossed, run[side], total[side]);
    run[side] += Math.abs(lots);
    return mulDivFloor(crossed, run[side], total[side]) - before;
  });
}
