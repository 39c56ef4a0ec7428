import { ln } from './ln.ts';

/** Units of a slice's parameters in one. */
export const SLICE_SCALE = 100_000_000;

/**
 * Total implied variance of one expiry against log-moneyness k = ln(strike ÷ forward), raw SVI:
 * w(k) = a + b·(ρ·(k − m) + √((k − m)² + σ²)). Every parameter is an integer of 1e-8, so a surface is journalled and
 * read back without a bit of difference.
 *
 * Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14, 2014.
 */
export interface SurfaceSlice {
  readonly aE8: number;
  readonly bE8: number;
  readonly rhoE8: number;
  readonly mE8: number;
  readonly sigmaE8: number;
}

/** Log-moneyness up to which a surface is judged, a twentieth to twenty times the forward; beyond it the volatility is level. */
export const LOG_MONEYNESS_MAX = 2;

/** Volatility is kept within these bounds, so that a price and its greeks stay usable on a slice that is about to expire. */
export const VOLATILITY_MIN = 0.05;
export const VOLATILITY_MAX = 10;

/** Slope of total variance against log-moneyness that no smile may pass (Lee, "The moment formula", 2004). */
const WING_SLOPE_MAX = 2;

/** Around its vertex a slice turns within one σ: sixteen looks there, then each a ninth further out than the last. */
const STEP_NEAR = 1 / 16;
const NEAR = 4;
const GROWTH = 9 / 8;

/**
 * Variance until expiry, volatility² × years.
 *
 * @param logMoneyness ln(strike ÷ forward)
 * @example the slice a = 0.04, b = 0 → 0.04 everywhere
 */
export function totalVarianceOf(slice: SurfaceSlice, logMoneyness: number): number {
  const x = logMoneyness - slice.mE8 / SLICE_SCALE;
  const sigma = slice.sigmaE8 / SLICE_SCALE;
  const shape = (slice.rhoE8 / SLICE_SCALE) * x + Math.sqrt(x * x + sigma * sigma);
  return slice.aE8 / SLICE_SCALE + (slice.bE8 / SLICE_SCALE) * shape;
}

/**
 * Volatility per √year at a strike.
 *
 * @param forward USD per coin, > 0
 * @param strike USD per coin, > 0
 * @param years until expiry; 0 gives the upper bound, where the price is intrinsic anyway
 * @returns VOLATILITY_MIN to VOLATILITY_MAX
 * @example a slice level at 0.04, a quarter of a year → 0.4
 */
export function volatilityOf(slice: SurfaceSlice, forward: number, strike: number, years: number): number {
  if (!(years > 0)) return VOLATILITY_MAX;
  const logMoneyness = ln(strike / forward);
  const judged = Math.max(-LOG_MONEYNESS_MAX, Math.min(LOG_MONEYNESS_MAX, logMoneyness));
  const variance = Math.max(0, totalVarianceOf(slice, judged)) / years;
  return Math.max(VOLATILITY_MIN, Math.min(VOLATILITY_MAX, Math.sqrt(variance)));
}

/**
 * Log-moneyness at which a slice is looked at: dense where it bends, then geometric out to ±LOG_MONEYNESS_MAX.
 */
export function gridOf(slice: SurfaceSlice): number[] {
  const m = slice.mE8 / SLICE_SCALE;
  // A slice that is out of range has a grid too, and is refused for its range.
  const sigma = Math.max(1, slice.sigmaE8) / SLICE_SCALE;
  const grid = [-LOG_MONEYNESS_MAX, LOG_MONEYNESS_MAX];
  let u = 0;
  while (m + u * sigma < LOG_MONEYNESS_MAX || m - u * sigma > -LOG_MONEYNESS_MAX) {
    grid.push(m + u * sigma, m - u * sigma);
    u = u < NEAR ? u + STEP_NEAR : u * GROWTH;
  }
  return grid.filter((k) => Math.abs(k) <= LOG_MONEYNESS_MAX);
}

/**
 * Whether call prices fall and are convex in the strike: the parameters are in range, the wings no steeper than 2 and
 * Gatheral's density g(k) is nowhere below 0 on the grid.
 */
export function hasNoButterfly(slice: SurfaceSlice): boolean {
  return isInRange(slice) && gridOf(slice).every((k) => densityOf(slice, k) >= 0);
}

/**
 * Whether a surface can stand: no slice has a butterfly and none a calendar spread with the one before it.
 *
 * @param slices in ascending order of expiry
 */
export function judgeSurface(slices: readonly SurfaceSlice[]): 'ok' | 'butterfly' | 'calendar' {
  if (!slices.every(hasNoButterfly)) return 'butterfly';
  const isRising = slices.every((slice, at) => at === 0 || hasNoCalendar(slices[at - 1]!, slice));
  return isRising ? 'ok' : 'calendar';
}

/** Whether the later slice has at least the total variance of the earlier one on both of their grids. */
export function hasNoCalendar(earlier: SurfaceSlice, later: SurfaceSlice): boolean {
  return [...gridOf(earlier), ...gridOf(later)].every(
    (k) => totalVarianceOf(later, k) >= totalVarianceOf(earlier, k),
  );
}

function isInRange({ aE8, bE8, rhoE8, mE8, sigmaE8 }: SurfaceSlice): boolean {
  if (![aE8, bE8, rhoE8, mE8, sigmaE8].every(Number.isSafeInteger)) return false;
  if (bE8 < 0 || sigmaE8 <= 0 || Math.abs(rhoE8) >= SLICE_SCALE) return false;
  if (Math.abs(mE8) > LOG_MONEYNESS_MAX * SLICE_SCALE) return false;
  const rho = rhoE8 / SLICE_SCALE;
  const lowest = aE8 + ((bE8 * sigmaE8) / SLICE_SCALE) * Math.sqrt(1 - rho * rho);
  return lowest > 0 && bE8 * (1 + Math.abs(rho)) <= WING_SLOPE_MAX * SLICE_SCALE;
}

/** Gatheral's g: the risk-neutral density but for a positive factor. */
function densityOf(slice: SurfaceSlice, k: number): number {
  const b = slice.bE8 / SLICE_SCALE;
  const rho = slice.rhoE8 / SLICE_SCALE;
  const sigma = slice.sigmaE8 / SLICE_SCALE;
  const x = k - slice.mE8 / SLICE_SCALE;
  const root = Math.sqrt(x * x + sigma * sigma);
  const w = totalVarianceOf(slice, k);
  const slope = b * (rho + x / root);
  const bend = (b * sigma * sigma) / (root * root * root);
  const tilt = 1 - (k * slope) / (2 * w);
  return tilt * tilt - (slope * slope * (1 / w + 1 / 4)) / 4 + bend / 2;
}

/**
 * A slice with the same volatility at every strike.
 *
 * @param volatility per √year, brought within VOLATILITY_MIN and VOLATILITY_MAX
 * @param years until expiry; what is no time counts as the shortest there is
 */
export function flatSlice(volatility: number, years: number): SurfaceSlice {
  const usable = Math.max(VOLATILITY_MIN, Math.min(VOLATILITY_MAX, volatility));
  const aE8 = years > 0 ? Math.max(1, Math.round(usable * usable * years * SLICE_SCALE)) : 1;
  return { aE8, bE8: 0, rhoE8: 0, mE8: 0, sigmaE8: SLICE_SCALE / 10 };
}
