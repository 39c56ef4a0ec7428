import { measuredGradientAt } from './gradient.ts';
import { forgetEnds, iterate, projectOrigin } from './iteration.ts';
import { applyCovariance, lengthOf, type Metric, SIGMAS_MAX } from './metric.ts';
import { UNDERLYINGS_MAX } from './parameters.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import type { Terrain } from './terrain.ts';

/** Where f rises at first, it is looked at from here on: no book turns and comes back within half a day's σ. */
const STEP_SIGMAS_MIN = 0.5;

/** Starts of the search: every underlying at once by this many of its own σ, both ways … */
const START_ALL_SIGMAS = 2;
/** … and the largest underlyings as epicentres by this many, both ways. */
const START_EPICENTRE_SIGMAS = 3;
const START_EPICENTRES = 3;

/** Rounds in which the nearest point of a book with options is shortened, and the gain that is worth another. */
const SHORTEN_ROUNDS = 3;
const SHORTEN_GAIN = 1e-3;
/** Shares of the way to the next point: all of it, and half where f bends. */
const SHORTEN_SHARES: readonly number[] = [1, 0.5];

const gradient = new Float64Array(UNDERLYINGS_MAX);
const steepest = new Float64Array(UNDERLYINGS_MAX);
const start = new Float64Array(UNDERLYINGS_MAX);
const x = new Float64Array(UNDERLYINGS_MAX);
const next = new Float64Array(UNDERLYINGS_MAX);
const unit = new Float64Array(UNDERLYINGS_MAX);

/** What a search knows before it looks anywhere: f(0) > 0 and its gradient there. */
export interface Origin {
  surplus: number;
  /** By row of the terrain, micro-USD per unit of return. */
  readonly slopes: Float64Array;
}

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
 * is followed to zero, and the shortest wins. With options it is shortened once more.
 *
 * @param terrain its steering is surveyed
 * @param nearest `sigmas` is the distance to beat; left as it was when nothing is nearer
 * @see engine/core/margin/README.md, Liquidation distance
 * @example long 100k BTC, short 100k ETH, σ 3 and 4 %, ρ 0.85, f(0) 6 360 → 2.97 σ
 */
export function findNearest(terrain: Terrain, metric: Metric, origin: Origin, nearest: Nearest): void {
  const { count } = terrain;
  forgetEnds();
  applyCovariance(metric, origin.slopes, steepest);
  for (let row = 0; row < count; row++) start[row] = -steepest[row]!;
  tryRay(terrain, metric, origin, start, nearest);
  for (const sign of [-1, 1]) {
    tryStart(terrain, metric, origin, nearest, (row) => sign * START_ALL_SIGMAS * metric.sigma[row]!);
  }
  tryStart(terrain, metric, origin, nearest, () => 0);
  const largest = largestRows(terrain, metric, origin);
  for (let epicentre = 0; epicentre < count; epicentre++) {
    const isStart = largest.includes(epicentre);
    for (const sign of [-1, 1]) {
      const scale = sign * START_EPICENTRE_SIGMAS;
      const pathOf = (row: number): number =>
        scale * metric.sigma[row]! * metric.correlation[epicentre * count + row]!;
      if (isStart) tryStart(terrain, metric, origin, nearest, pathOf);
      else tryPath(terrain, metric, origin, nearest, pathOf);
    }
  }
  if (terrain.moved.options.count > 0) shorten(terrain, metric, origin, nearest);
}

/**
 * Shortens the way of a book with options. The iteration steers without the slope of the scan, so it ends
 * beside the nearest point; from a point of f = 0 the measured slope of f leads on.
 */
function shorten(terrain: Terrain, metric: Metric, origin: Origin, nearest: Nearest): void {
  for (let round = 0; round < SHORTEN_ROUNDS && nearest.sigmas < NO_ROOT; round++) {
    const before = nearest.sigmas;
    for (let row = 0; row < terrain.count; row++) x[row] = nearest.path[row]!;
    measuredGradientAt(terrain, x, gradient);
    if (!projectOrigin(metric, gradient, x, 0, next)) return;
    for (const share of SHORTEN_SHARES) {
      tryPath(terrain, metric, origin, nearest, (row) => x[row]! + share * (next[row]! - x[row]!));
    }
    if (nearest.sigmas > before * (1 - SHORTEN_GAIN)) return;
  }
}

/** Keeps a move that is known to lead to f = 0 when it is shorter than the best. */
export function tryRoot(metric: Metric, path: Float64Array, nearest: Nearest): void {
  const sigmas = lengthOf(metric, path);
  if (!(sigmas < Math.min(SIGMAS_MAX, nearest.sigmas))) return;
  nearest.sigmas = sigmas;
  for (let row = 0; row < metric.count; row++) nearest.path[row] = path[row]!;
}

/** Follows one ray to f = 0 and keeps it when it is shorter than the best. The direction may have any length. */
function tryRay(
  terrain: Terrain,
  metric: Metric,
  origin: Origin,
  direction: Float64Array,
  nearest: Nearest,
): void {
  const { count } = terrain;
  const length = lengthOf(metric, direction);
  if (!(length > 0)) return;
  let slope = 0;
  for (let row = 0; row < count; row++) {
    unit[row] = direction[row]! / length;
    slope += origin.slopes[row]! * unit[row]!;
  }
  const limit = Math.min(SIGMAS_MAX, nearest.sigmas);
  const sigmas = nearestRoot(terrain, unit, origin.surplus, slope, limit, STEP_SIGMAS_MIN);
  if (sigmas >= nearest.sigmas) return;
  nearest.sigmas = sigmas;
  for (let row = 0; row < count; row++) nearest.path[row] = unit[row]! * sigmas;
}

/** One start: its own ray, the iteration from it, and the ray to where that ends. */
function tryStart(
  terrain: Terrain,
  metric: Metric,
  origin: Origin,
  nearest: Nearest,
  pathOf: (row: number) => number,
): void {
  tryPath(terrain, metric, origin, nearest, pathOf);
  for (let row = 0; row < terrain.count; row++) x[row] = pathOf(row);
  if (!iterate(terrain, metric, x)) return;
  tryRay(terrain, metric, origin, x, nearest);
}

function tryPath(
  terrain: Terrain,
  metric: Metric,
  origin: Origin,
  nearest: Nearest,
  pathOf: (row: number) => number,
): void {
  for (let row = 0; row < terrain.count; row++) start[row] = pathOf(row);
  tryRay(terrain, metric, origin, start, nearest);
}

/** Rows whose own volatility moves the account most. */
function largestRows(terrain: Terrain, metric: Metric, { slopes }: Origin): number[] {
  const risk = (row: number): number =>
    Math.max(Math.abs(slopes[row]!), Math.abs(terrain.notional[row]!)) * metric.sigma[row]!;
  const rows = Array.from({ length: terrain.count }, (_, row) => row);
  return rows.sort((a, b) => risk(b) - risk(a) || a - b).slice(0, START_EPICENTRES);
}
