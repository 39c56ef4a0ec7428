import { createRiskParameters } from '../../core/margin/parameters.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { quantileOf } from './measured.ts';
import type { Panel } from './panel.ts';

/** Correlation of hourly returns of two assets, week by week, beside what the model counts on and fears. */
export interface PairStudy {
  readonly panel: string;
  readonly a: string;
  readonly b: string;
  readonly low: number;
  readonly high: number;
  readonly weeks: number;
  readonly least: number;
  readonly p5: number;
  readonly median: number;
  readonly weeksBelowLow: number;
  readonly weeksAboveHigh: number;
}

const WEEK_BARS = (7 * DAY_MS) / HOUR_MS;

export function studyPairs(panel: Panel): PairStudy[] {
  const { low, high, count } = createRiskParameters(panel.source);
  return panel.assets.flatMap((a, first) =>
    panel.assets.slice(first + 1).map((b, after) => {
      const second = first + 1 + after;
      const cell = first * count + second;
      const weekly = weeklyCorrelations(panel.close[first]!, panel.close[second]!);
      const [counted, feared] = [low.rho[cell]!, high.rho[cell]!];
      const sorted = [...weekly].sort((x, y) => x - y);
      return {
        panel: panel.name,
        a,
        b,
        low: counted,
        high: feared,
        weeks: weekly.length,
        least: sorted[0]!,
        p5: quantileOf(sorted, 0.05),
        median: quantileOf(sorted, 0.5),
        weeksBelowLow: weekly.filter((rho) => rho < counted).length,
        weeksAboveHigh: weekly.filter((rho) => rho > feared).length,
      };
    }),
  );
}

function weeklyCorrelations(a: Float64Array, b: Float64Array): number[] {
  const weeks: number[] = [];
  for (let first = 0; first + WEEK_BARS < a.length; first += WEEK_BARS) {
    const returns = (close: Float64Array): number[] =>
      Array.from({ length: WEEK_BARS }, (_, bar) => close[first + bar + 1]! / close[first + bar]! - 1);
    weeks.push(correlationOf(returns(a), returns(b)));
  }
  return weeks;
}

/** Pearson's; both series of the same length and neither constant. */
export function correlationOf(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = 0; at < a.length; at++) {
    both += (a[at]! - meanA) * (b[at]! - meanB);
    squaresA += (a[at]! - meanA) ** 2;
    squaresB += (b[at]! - meanB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}
