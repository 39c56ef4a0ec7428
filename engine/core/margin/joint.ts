import { gradientAt } from './gradient.ts';
import { applyCovariance, lengthOf, type Metric } from './metric.ts';
import { UNDERLYINGS_MAX } from './parameters.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import { surplusAt, type Terrain } from './terrain.ts';

/** Farther than this is beyond measure: nobody estimates such a day. */
export const SIGMAS_MAX = 100;

/** Starts of the search: every underlying at once by this many of its own σ, both ways … */
const START_ALL_SIGMAS = 2;
/** … and the largest underlyings as epicentres by this many, both ways. */
const START_EPICENTRE_SIGMAS = 3;
const START_EPICENTRES = 3;
const ITERATIONS_MAX = 25;
const DAMPING = 0.7;
/** The iteration has settled when no step is longer than this, in σ: its ray is followed to f = 0 afterwards. */
const SETTLED_SIGMAS = 0.01;
/** The same with options, where each step costs thirty times as much. */
const SETTLED_SIGMAS_WITH_OPTIONS = 0.05;

const gradientAtStart = new Float64Array(UNDERLYINGS_MAX);
const gradient = new Float64Array(UNDERLYINGS_MAX);
const steepest = new Float64Array(UNDERLYINGS_MAX);
const start = new Float64Array(UNDERLYINGS_MAX);
const x = new Float64Array(UNDERLYINGS_MAX);
const unit = new Float64Array(UNDERLYINGS_MAX);

/** The nearest liquidation found so far, as a joint move. */
export interface Nearest {
  sigmas: number;
  /** The move, by row of the terrain. */
  readonly path: Float64Array;
}

export function createNearest(): Nearest {
  return { sigmas: NO_ROOT, path: new Float64Array(UNDERLYINGS_MAX) };
}

/**
 * The likeliest joint move that brings f to zero: the shortest x with f(x) ≤ 0, measured in the metric.
 *
 * A linear book has a closed form, which is the first ray. An iteration towards the nearest point of the
 * surface runs from nine starts; then every start, every epicentre and every end point is a ray on which f
 * is followed to zero, and the shortest wins.
 *
 * @param surplus f(0) > 0
 * @param nearest `sigmas` is the distance to beat; left as it was when nothing is nearer
 * @see engine/core/margin/README.md, Liquidation distance
 * @example long 100k BTC, short 100k ETH, σ 3 and 4 %, ρ 0.85, f(0) 6 360 → 2.97 σ
 */
export function findNearest(terrain: Terrain, metric: Metric, surplus: number, nearest: Nearest): void {
  const { count } = terrain;
  x.fill(0, 0, count);
  surplusAt(terrain, x);
  gradientAt(terrain, x, gradientAtStart);
  applyCovariance(metric, gradientAtStart, steepest);
  for (let row = 0; row < count; row++) start[row] = -steepest[row]!;
  tryRay(terrain, metric, surplus, start, nearest);
  for (const sign of [-1, 1]) {
    tryStart(terrain, metric, surplus, nearest, (row) => sign * START_ALL_SIGMAS * metric.sigma[row]!);
  }
  tryStart(terrain, metric, surplus, nearest, () => 0);
  const largest = largestRows(terrain, metric);
  for (let epicentre = 0; epicentre < count; epicentre++) {
    const isStart = largest.includes(epicentre);
    for (const sign of [-1, 1]) {
      const scale = sign * START_EPICENTRE_SIGMAS;
      const pathOf = (row: number): number =>
        scale * metric.sigma[row]! * metric.correlation[epicentre * count + row]!;
      if (isStart) tryStart(terrain, metric, surplus, nearest, pathOf);
      else tryPath(terrain, metric, surplus, nearest, pathOf);
    }
  }
}

/** Follows one ray to f = 0 and keeps it when it is shorter than the best. The direction may have any length. */
export function tryRay(
  terrain: Terrain,
  metric: Metric,
  surplus: number,
  direction: Float64Array,
  nearest: Nearest,
): void {
  const { count } = terrain;
  const length = lengthOf(metric, direction);
  if (!(length > 0)) return;
  let slope = 0;
  for (let row = 0; row < count; row++) {
    unit[row] = direction[row]! / length;
    slope += gradientAtStart[row]! * unit[row]!;
  }
  const sigmas = nearestRoot(terrain, unit, surplus, slope, Math.min(SIGMAS_MAX, nearest.sigmas));
  if (sigmas >= nearest.sigmas) return;
  nearest.sigmas = sigmas;
  for (let row = 0; row < count; row++) nearest.path[row] = unit[row]! * sigmas;
}

/** One start: its own ray, the iteration from it, and the ray to where that ends. */
function tryStart(
  terrain: Terrain,
  metric: Metric,
  surplus: number,
  nearest: Nearest,
  pathOf: (row: number) => number,
): void {
  tryPath(terrain, metric, surplus, nearest, pathOf);
  for (let row = 0; row < terrain.count; row++) x[row] = pathOf(row);
  iterate(terrain, metric);
  tryRay(terrain, metric, surplus, x, nearest);
}

function tryPath(
  terrain: Terrain,
  metric: Metric,
  surplus: number,
  nearest: Nearest,
  pathOf: (row: number) => number,
): void {
  for (let row = 0; row < terrain.count; row++) start[row] = pathOf(row);
  tryRay(terrain, metric, surplus, start, nearest);
}

/** x ← x + 0.7·(Σg·(g·x − f) ÷ gᵀΣg − x): towards the point of f = 0 nearest to the origin, if f were flat there. */
function iterate(terrain: Terrain, metric: Metric): void {
  const { count } = terrain;
  const settled = terrain.moved.options.count > 0 ? SETTLED_SIGMAS_WITH_OPTIONS : SETTLED_SIGMAS;
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    const surplus = surplusAt(terrain, x);
    gradientAt(terrain, x, gradient);
    applyCovariance(metric, gradient, steepest);
    let variance = 0;
    let along = 0;
    for (let row = 0; row < count; row++) {
      variance += gradient[row]! * steepest[row]!;
      along += gradient[row]! * x[row]!;
    }
    if (!(variance > 0)) return;
    const scale = (along - surplus) / variance;
    let longest = 0;
    for (let row = 0; row < count; row++) {
      const step = DAMPING * (steepest[row]! * scale - x[row]!);
      x[row] = x[row]! + step;
      longest = Math.max(longest, Math.abs(step) / metric.sigma[row]!);
    }
    if (longest < settled) return;
  }
}

/** Rows whose own volatility moves the account most. */
function largestRows(terrain: Terrain, metric: Metric): number[] {
  const risk = (row: number): number =>
    Math.max(Math.abs(gradientAtStart[row]!), Math.abs(terrain.notional[row]!)) * metric.sigma[row]!;
  const rows = Array.from({ length: terrain.count }, (_, row) => row);
  return rows.sort((a, b) => risk(b) - risk(a) || a - b).slice(0, START_EPICENTRES);
}
