import type { DistanceRowView, DistanceView } from '../../protocol/views/margin.ts';
import { gradientAt } from './gradient.ts';
import { createNearest, findNearest, type Nearest, type Origin, tryRoot } from './joint.ts';
import { createMetric, lengthOf, type Metric, SIGMAS_MAX, surveyMetric, varianceOf } from './metric.ts';
import { type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import { movesWords } from './sentence.ts';
import { surveySteering } from './shortfall.ts';
import { createTerrain, gainAt, surplusAt, surveyPortfolio, type Terrain } from './terrain.ts';
import { touchPpmAt } from './touch.ts';

/** A price may fall to zero and rise elevenfold; farther no row is shown. */
const FALL_MAX = 1;
const RISE_MAX = 10;

/** One row before it is measured: the move of one underlying, or of the market, and where it leads the account. */
interface Way {
  kind: 'own' | 'market';
  underlying: string;
  move: number;
  path: Float64Array;
}

interface Workspace {
  readonly terrain: Terrain;
  readonly low: Metric;
  readonly high: Metric;
  readonly nearest: Nearest;
}

let workspace: Workspace | undefined;
const unmoved = new Float64Array(UNDERLYINGS_MAX);
const slopes = new Float64Array(UNDERLYINGS_MAX);
const direction = new Float64Array(UNDERLYINGS_MAX);

/**
 * How far the account is from liquidation: the likeliest joint move of its underlyings that takes equity to
 * maintenance margin, and for comparison each price alone and the market as a whole.
 *
 * All rows are measured in the same metric, so the joint one is the shortest by construction. Both
 * correlation sets are tried and the nearer one is shown.
 *
 * @param options `heldMaintenanceUsd` keeps maintenance margin fixed instead of computing it on the way
 * @returns rows with the joint one first, then market and own, nearest first; `priceUsd` is 0 for the caller to fill
 * @see engine/core/margin/README.md, Liquidation distance
 */
export function liquidationDistance(
  parameters: RiskParameters,
  portfolio: Portfolio,
  options: { heldMaintenanceUsd?: number } = {},
): DistanceView {
  workspace ??= createWorkspace(parameters);
  const { terrain, low, high, nearest } = workspace;
  surveyPortfolio(terrain, parameters, portfolio);
  terrain.heldMaintenance = options.heldMaintenanceUsd;
  const surplus = surplusAt(terrain, unmoved);
  if (surplus < 0 || (surplus === 0 && terrain.count > 0)) return viewWithout('liquidatable');
  gradientAt(terrain, unmoved, slopes);
  if (!isMoved(terrain)) return viewWithout('noRisk');
  surveySteering(terrain);
  const origin: Origin = { surplus, slopes };
  const own = ownWays(terrain, origin);
  surveyMetric(low, terrain, parameters, parameters.low);
  surveyMetric(high, terrain, parameters, parameters.high);
  // The set in which the account swings more is most likely the nearer one: found first, it shortens the other search.
  const isHighFirst = varianceOf(high, slopes) >= varianceOf(low, slopes);
  nearest.sigmas = NO_ROOT;
  const first = measure(terrain, isHighFirst ? high : low, nearest, origin, own);
  const second = measure(terrain, isHighFirst ? low : high, nearest, origin, own);
  return second ?? first ?? beyond(terrain, isHighFirst ? high : low, origin, own);
}

function createWorkspace(parameters: RiskParameters): Workspace {
  return {
    terrain: createTerrain(parameters),
    low: createMetric(parameters.low),
    high: createMetric(parameters.high),
    nearest: createNearest(),
  };
}

function viewWithout(state: 'liquidatable' | 'noRisk'): DistanceView {
  const isGone = state === 'liquidatable';
  const touchPpm = isGone ? touchPpmAt(0) : 0;
  const sentence = isGone ? 'Liquidation has started' : 'No price moves this account';
  return { state, rows: [], sigmas: 0, touchPpm, path: [], sentence };
}

/** Whether any price moves equity less maintenance margin. A cash-and-carry has none: basis and time drive it. */
function isMoved(terrain: Terrain): boolean {
  for (let row = 0; row < terrain.count; row++) if (slopes[row] !== 0) return true;
  return terrain.moved.options.count > 0;
}

/** Where each price alone leads to liquidation, both sides. */
function ownWays(terrain: Terrain, { surplus, slopes }: Origin): Way[] {
  const ways: Way[] = [];
  for (let row = 0; row < terrain.count; row++) {
    direction.fill(0, 0, terrain.count);
    for (const sign of [-1, 1]) {
      direction[row] = sign;
      const limit = sign < 0 ? FALL_MAX : RISE_MAX;
      const t = nearestRoot(terrain, direction, surplus, sign * slopes[row]!, limit);
      if (t === NO_ROOT) continue;
      const underlying = terrain.parameters.symbols[terrain.underlying[row]!]!;
      ways.push({ kind: 'own', underlying, move: sign * t, path: pathTo(terrain, t) });
    }
  }
  return ways;
}

/** The end of the ray at hand, no longer than the terrain: short arrays live beside their object. */
function pathTo({ count }: Terrain, t: number): Float64Array {
  const path = new Float64Array(count);
  for (let row = 0; row < count; row++) path[row] = direction[row]! * t;
  return path;
}

/** Where the market leads: every underlying follows it by its β. */
function marketWays(terrain: Terrain, { set }: Metric, { surplus, slopes }: Origin): Way[] {
  const { marketUnderlying: market, sigmaNow, symbols } = terrain.parameters;
  const ways: Way[] = [];
  for (const sign of [-1, 1]) {
    let slope = 0;
    for (let row = 0; row < terrain.count; row++) {
      const underlying = terrain.underlying[row]!;
      const rho = underlying === market ? 1 : set.rho[market * set.count + underlying]!;
      direction[row] = (sign * rho * sigmaNow[underlying]!) / sigmaNow[market]!;
      slope += direction[row]! * slopes[row]!;
    }
    const t = nearestRoot(terrain, direction, surplus, slope, sign < 0 ? FALL_MAX : RISE_MAX);
    if (t === NO_ROOT) continue;
    ways.push({ kind: 'market', underlying: symbols[market]!, move: sign * t, path: pathTo(terrain, t) });
  }
  return ways;
}

/** The whole view under one correlation set; undefined when nothing in it is nearer than what is known. */
function measure(
  terrain: Terrain,
  metric: Metric,
  nearest: Nearest,
  origin: Origin,
  own: readonly Way[],
): DistanceView | undefined {
  const known = nearest.sigmas;
  const ways = [...marketWays(terrain, metric, origin), ...own];
  // What is nearest so far shortens every ray of the search.
  for (const { path } of ways) tryRoot(metric, path, nearest);
  findNearest(terrain, metric, origin, nearest);
  return nearest.sigmas < known
    ? jointView(terrain, nearest, rowsOf(metric, ways, nearest.sigmas))
    : undefined;
}

function beyond(terrain: Terrain, metric: Metric, origin: Origin, own: readonly Way[]): DistanceView {
  const rows = rowsOf(metric, [...marketWays(terrain, metric, origin), ...own], SIGMAS_MAX);
  const sentence = `No move within ${SIGMAS_MAX} σ leads to liquidation`;
  return { state: 'beyond', rows, sigmas: SIGMAS_MAX, touchPpm: touchPpmAt(SIGMAS_MAX), path: [], sentence };
}

/** Ways as rows, each at least as long as the joint one: their roots were found separately, to ten digits. */
function rowsOf(metric: Metric, ways: readonly Way[], jointSigmas: number): DistanceRowView[] {
  return ways
    .map(({ kind, underlying, move, path }) => ({
      kind,
      underlying,
      move,
      priceUsd: 0,
      sigmas: Math.max(jointSigmas, lengthOf(metric, path)),
    }))
    .sort((a, b) => (a.kind === b.kind ? a.sigmas - b.sigmas : a.kind === 'market' ? -1 : 1));
}

function jointView(terrain: Terrain, nearest: Nearest, others: readonly DistanceRowView[]): DistanceView {
  const path = Array.from({ length: terrain.count }, (_, row) => ({
    underlying: terrain.parameters.symbols[terrain.underlying[row]!]!,
    move: Math.max(-1, nearest.path[row]!),
    costUsd: -gainAt(terrain, row, Math.max(-1, nearest.path[row]!)),
  }))
    .sort((a, b) => b.costUsd - a.costUsd)
    .map(({ underlying, move }) => ({ underlying, move }));
  const driver = path[0]!;
  const joint: DistanceRowView = {
    kind: 'joint',
    underlying: driver.underlying,
    move: driver.move,
    priceUsd: 0,
    sigmas: nearest.sigmas,
  };
  return {
    state: 'measured',
    rows: [joint, ...others],
    sigmas: nearest.sigmas,
    touchPpm: touchPpmAt(nearest.sigmas),
    path,
    sentence: movesWords(path),
  };
}
