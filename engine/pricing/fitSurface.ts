import { ln } from './ln.ts';
import { nearestSlice, type VarianceSample } from './nearestSlice.ts';
import {
  flatSlice,
  hasNoButterfly,
  hasNoCalendar,
  LOG_MONEYNESS_MAX,
  SLICE_SCALE,
  type SurfaceSlice,
  totalVarianceOf,
  VOLATILITY_MAX,
} from './surface.ts';

/** A volatility seen at a strike. */
export interface SmilePoint {
  /** USD per coin. */
  readonly strike: number;
  /** Per √year. */
  readonly volatility: number;
  /** How much the square of its error counts beside the others', > 0. */
  readonly weight: number;
}

/** What was seen of one expiry. */
export interface Smile {
  /** USD per coin, > 0. */
  readonly forward: number;
  /** Until expiry, > 0. */
  readonly years: number;
  readonly points: readonly SmilePoint[];
}

/** What a fit must respect, and what it falls back on. */
export interface FitContext {
  /** The slice of the expiry before: total variance may not fall below it. */
  readonly before?: SurfaceSlice;
  /** The slice this expiry had until now. */
  readonly lastGood?: SurfaceSlice;
}

export interface SliceFit {
  readonly slice: SurfaceSlice;
  /**
   * Fitted to the points; kept, the last good one; or level: flat at the points' volatility, or parallel to the slice
   * before where flat would undercut it.
   */
  readonly outcome: 'fitted' | 'kept' | 'level';
}

/** Five parameters ask for as many points. */
const POINTS_MIN = 5;

/** Where nothing was seen of an expiry and nothing came before it. */
const VOLATILITY_UNKNOWN = 1;

/**
 * The arbitrage-free slice nearest to what was seen of an expiry.
 *
 * @returns a slice that judgeSurface finds ok, alone and after `before`
 */
export function fitSlice(smile: Smile, { before, lastGood }: FitContext = {}): SliceFit {
  const stands = (slice: SurfaceSlice): boolean =>
    hasNoButterfly(slice) && (before === undefined || hasNoCalendar(before, slice));
  const samples = samplesOf(smile);
  if (samples.length >= POINTS_MIN) {
    const slice = nearestSlice(samples, before);
    if (stands(slice)) return { slice, outcome: 'fitted' };
  }
  if (lastGood !== undefined && stands(lastGood)) return { slice: lastGood, outcome: 'kept' };
  const flat = flatSlice(volatilityOfAll(smile), smile.years);
  return { slice: before === undefined || stands(flat) ? flat : raised(before, flat), outcome: 'level' };
}

/**
 * A whole surface, expiry by expiry.
 *
 * @param smiles in ascending order of expiry
 * @param lastGood slices these expiries had until now, at the same places
 * @returns one fit each; judgeSurface finds all their slices ok
 */
export function fitSurface(
  smiles: readonly Smile[],
  lastGood: readonly (SurfaceSlice | undefined)[] = [],
): SliceFit[] {
  const fits: SliceFit[] = [];
  for (const [at, smile] of smiles.entries()) {
    fits.push(fitSlice(smile, { before: fits.at(-1)?.slice, lastGood: lastGood[at] }));
  }
  return fits;
}

function isUsable({ strike, volatility, weight }: SmilePoint): boolean {
  const isInRange = volatility > 0 && volatility <= VOLATILITY_MAX;
  return strike > 0 && isInRange && weight > 0 && Number.isFinite(strike * weight);
}

function samplesOf({ forward, years, points }: Smile): VarianceSample[] {
  if (!(forward > 0 && years > 0)) return [];
  return points
    .filter(isUsable)
    .map(({ strike, volatility, weight }) => {
      // An error of dw in variance is one of dw ÷ (2·volatility·years) in volatility.
      const slope = 2 * volatility * years;
      return {
        k: ln(strike / forward),
        w: volatility * volatility * years,
        weight: weight / (slope * slope),
      };
    })
    .filter(({ k }) => Math.abs(k) <= LOG_MONEYNESS_MAX);
}

/** Weighted mean of the points that say something. */
function volatilityOfAll({ points }: Smile): number {
  const usable = points.filter(isUsable);
  const weight = usable.reduce((sum, point) => sum + point.weight, 0);
  if (weight === 0) return VOLATILITY_UNKNOWN;
  return usable.reduce((sum, point) => sum + point.weight * point.volatility, 0) / weight;
}

/**
 * A slice that stands stays free of butterflies when it is raised as a whole: its density factor only comes nearer to 1.
 */
function raised(before: SurfaceSlice, flat: SurfaceSlice): SurfaceSlice {
  const gapE8 = Math.ceil(flat.aE8 - totalVarianceOf(before, 0) * SLICE_SCALE);
  return { ...before, aE8: before.aE8 + Math.max(0, gapE8) };
}
