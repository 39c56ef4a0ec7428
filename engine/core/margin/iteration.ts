import { gradientAt } from './gradient.ts';
import { applyCovariance, lengthOf, type Metric, SIGMAS_MAX } from './metric.ts';
import { UNDERLYINGS_MAX } from './parameters.ts';
import { steeringAt } from './shortfall.ts';
import type { Terrain } from './terrain.ts';

const ITERATIONS_MAX = 25;
/** The same with options, where a start that has not settled by then circles. */
const ITERATIONS_MAX_WITH_OPTIONS = 12;
const DAMPING = 0.7;
/** The iteration has settled when no step is longer than this, in σ: its ray is followed to f = 0 afterwards. */
const SETTLED_SIGMAS = 0.01;
/** The same with options, where each step costs ten times as much. */
const SETTLED_SIGMAS_WITH_OPTIONS = 0.05;
/** So near to where an earlier start settled, as a share of its length and of σ, it would settle there as well. */
const SAME_END = 1;
/** Starts of one search. */
const ENDS_MAX = 16;

const gradient = new Float64Array(UNDERLYINGS_MAX);
const steepest = new Float64Array(UNDERLYINGS_MAX);
const next = new Float64Array(UNDERLYINGS_MAX);
/** Where the starts before settled. */
const ends = Array.from({ length: ENDS_MAX }, () => new Float64Array(UNDERLYINGS_MAX));
const endSigmas = new Float64Array(ENDS_MAX);
let endCount = 0;

/** Before the first start of a search. */
export function forgetEnds(): void {
  endCount = 0;
}

/**
 * The point Σg·(g·x − f) ÷ gᵀΣg: of all where f would be zero, were it flat with this gradient, the nearest
 * to the origin.
 *
 * @returns false when there is none, because the gradient is nothing
 */
export function projectOrigin(
  metric: Metric,
  slopes: Float64Array,
  x: Float64Array,
  surplus: number,
  out: Float64Array,
): boolean {
  applyCovariance(metric, slopes, steepest);
  let variance = 0;
  let along = 0;
  for (let row = 0; row < metric.count; row++) {
    variance += slopes[row]! * steepest[row]!;
    along += slopes[row]! * x[row]!;
  }
  if (!(variance > 0)) return false;
  for (let row = 0; row < metric.count; row++) out[row] = steepest[row]! * ((along - surplus) / variance);
  return true;
}

/**
 * Moves x by 0.7 of the way to the nearest point of f = 0, as it looks from there, until it settles.
 *
 * @returns false when x is on its way to where an earlier start of the search settled
 */
export function iterate(terrain: Terrain, metric: Metric, x: Float64Array): boolean {
  const hasOptions = terrain.moved.options.count > 0;
  const settled = hasOptions ? SETTLED_SIGMAS_WITH_OPTIONS : SETTLED_SIGMAS;
  const steps = hasOptions ? ITERATIONS_MAX_WITH_OPTIONS : ITERATIONS_MAX;
  for (let iteration = 0; iteration < steps; iteration++) {
    const surplus = steeringAt(terrain, x);
    gradientAt(terrain, x, gradient);
    if (!projectOrigin(metric, gradient, x, surplus, next)) return true;
    let longest = 0;
    for (let row = 0; row < metric.count; row++) {
      const step = DAMPING * (next[row]! - x[row]!);
      x[row] = x[row]! + step;
      longest = Math.max(longest, Math.abs(step) / metric.sigma[row]!);
    }
    // Beyond measure, and on the way farther: its ray says what there is to say.
    if (longest > SIGMAS_MAX) return true;
    if (longest < settled) {
      keepEnd(metric, x);
      return true;
    }
    // Books without options end beside each other where the scan bends, and are not shortened afterwards.
    if (hasOptions && isNearEnd(metric, x)) return false;
  }
  return true;
}

function keepEnd(metric: Metric, x: Float64Array): void {
  if (endCount === ENDS_MAX) return;
  endSigmas[endCount] = lengthOf(metric, x);
  ends[endCount]!.set(x);
  endCount++;
}

function isNearEnd({ count, sigma }: Metric, x: Float64Array): boolean {
  for (let end = 0; end < endCount; end++) {
    const near = SAME_END * Math.min(1, endSigmas[end]!);
    let row = 0;
    while (row < count && Math.abs(x[row]! - ends[end]![row]!) < near * sigma[row]!) row++;
    if (row === count) return true;
  }
  return false;
}
