import type { Bracket } from './parameters.ts';

/**
 * Rate and deduction of the bracket a notional stands in: the deduction makes maintenance continuous from one bracket
 * to the next.
 *
 * @example BTC at 3,500,000 USD → 2.5 %, deduction 16,300
 */
export function bracketOf(
  brackets: readonly Bracket[],
  notionalUsd: number,
): { maintenanceRate: number; deductionUsd: number } {
  let [maintenanceRate, deductionUsd] = [0, 0];
  for (const [lowerBoundUsd, rate] of brackets) {
    if (Math.abs(notionalUsd) < lowerBoundUsd) break;
    deductionUsd += lowerBoundUsd * (rate - maintenanceRate);
    maintenanceRate = rate;
  }
  return { maintenanceRate, deductionUsd };
}
