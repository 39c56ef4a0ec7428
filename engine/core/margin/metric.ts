import { assert } from '../../units/assert.ts';
import { type Correlations, type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import type { Terrain } from './terrain.ts';

/**
 * How likely a joint move is: the length sqrt(xᵀΣ⁻¹x), in standard deviations of one day.
 *
 * Σ is made of today's volatilities and one correlation set, over the rows of a terrain.
 */
export interface Metric {
  set: Correlations;
  count: number;
  /** σ·μ by row. */
  readonly sigma: Float64Array;
  /** Correlation matrix, `count × count`, 1 on the diagonal. */
  readonly correlation: Float64Array;
  /** Its Cholesky factor: lower triangle. */
  readonly factor: Float64Array;
  readonly work: Float64Array;
}

/** Farther than this is beyond measure: nobody estimates such a day. */
export const SIGMAS_MAX = 100;

/** Below this a pivot counts as not positive: lengths would be noise. */
const PIVOT_MIN = 1e-6;
/** First step by which correlations are shrunk when a set is no correlation matrix. It doubles until one is. */
const LIFT_FIRST = 1 / 1024;
const LIFT_STEPS = 24;

export function createMetric(set: Correlations): Metric {
  const cells = UNDERLYINGS_MAX * UNDERLYINGS_MAX;
  return {
    set,
    count: 0,
    sigma: new Float64Array(UNDERLYINGS_MAX),
    correlation: new Float64Array(cells),
    factor: new Float64Array(cells),
    work: new Float64Array(UNDERLYINGS_MAX),
  };
}

/**
 * Sets the metric up for the rows of a terrain.
 *
 * The sets are built cell by cell and need not be positive definite. Then all correlations are divided by
 * 1 + lift, the same for everyone and the smallest of a fixed ladder that works, so volatilities stay.
 */
export function surveyMetric(
  metric: Metric,
  terrain: Terrain,
  parameters: RiskParameters,
  set: Correlations,
): void {
  const { count, underlying } = terrain;
  metric.set = set;
  metric.count = count;
  for (let row = 0; row < count; row++) metric.sigma[row] = parameters.sigmaNow[underlying[row]!]!;
  let lift = 0;
  for (let step = 0; step <= LIFT_STEPS; step++) {
    fillCorrelation(metric, terrain, set, 1 / (1 + lift));
    if (factorize(metric)) return;
    lift = lift === 0 ? LIFT_FIRST : lift * 2;
  }
  assert(false, 'a correlation matrix shrunk a thousandfold is positive definite');
}

function fillCorrelation(metric: Metric, terrain: Terrain, set: Correlations, scale: number): void {
  const { count, correlation } = metric;
  for (let a = 0; a < count; a++) {
    const cells = set.count * terrain.underlying[a]!;
    for (let b = 0; b < count; b++) {
      correlation[a * count + b] = a === b ? 1 : set.rho[cells + terrain.underlying[b]!]! * scale;
    }
  }
}

/** Cholesky. False when a pivot is not clearly positive. */
function factorize(metric: Metric): boolean {
  const { count, correlation, factor } = metric;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = correlation[a * count + b]!;
      for (let k = 0; k < b; k++) sum -= factor[a * count + k]! * factor[b * count + k]!;
      if (a === b) {
        if (sum < PIVOT_MIN) return false;
        factor[a * count + a] = Math.sqrt(sum);
      } else {
        factor[a * count + b] = sum / factor[b * count + b]!;
      }
    }
  }
  return true;
}

/** sqrt(xᵀΣ⁻¹x): how many joint standard deviations of a day the move is. */
export function lengthOf(metric: Metric, x: Float64Array): number {
  const { count, sigma, factor, work } = metric;
  let squares = 0;
  for (let row = 0; row < count; row++) {
    let sum = x[row]! / sigma[row]!;
    for (let k = 0; k < row; k++) sum -= factor[row * count + k]! * work[k]!;
    work[row] = sum / factor[row * count + row]!;
    squares += work[row]! * work[row]!;
  }
  return Math.sqrt(squares);
}

/** gᵀΣg: the variance of a day's change of something with gradient g. */
export function varianceOf(metric: Metric, g: Float64Array): number {
  applyCovariance(metric, g, metric.work);
  let variance = 0;
  for (let row = 0; row < metric.count; row++) variance += g[row]! * metric.work[row]!;
  return variance;
}

/** Σg into `out`: the direction in which a loss of g·x is likeliest. */
export function applyCovariance(metric: Metric, g: Float64Array, out: Float64Array): void {
  const { count, sigma, correlation } = metric;
  for (let a = 0; a < count; a++) {
    let sum = 0;
    for (let b = 0; b < count; b++) sum += correlation[a * count + b]! * sigma[b]! * g[b]!;
    out[a] = sigma[a]! * sum;
  }
}
