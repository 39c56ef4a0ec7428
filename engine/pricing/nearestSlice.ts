import { gridOf, hasNoButterfly, SLICE_SCALE, type SurfaceSlice, totalVarianceOf } from './surface.ts';

/** Total variance seen at a log-moneyness. */
export interface VarianceSample {
  readonly k: number;
  readonly w: number;
  readonly weight: number;
}

/** A vertex and a width, with what is best for them. */
interface Trial {
  readonly m: number;
  readonly sigma: number;
  readonly slice: SurfaceSlice;
  /** Weighted sum of squared errors. */
  readonly error: number;
}

const RHO_MAX = 0.999;
/** A little inside what judgeSurface allows, so that rounding to integers stays inside too. */
const WING_SLOPE_MAX = 1.99;
const VARIANCE_MIN = 1e-7;
const SIGMA_MIN = 1e-3;

/** The first look: so many vertices over the strikes, so many widths, each half of the one before. */
const VERTICES = 9;
const WIDTHS = 9;
const WIDEST = 0.5;
/** The search from the best of them; every round that finds nothing better halves its steps. */
const ROUNDS = 40;
/** How finely a shape with a butterfly is flattened. */
const HALVINGS = 8;

/** Slopes of raw SVI in x = (k − m) ÷ σ: w = a + d·x + c·√(x² + 1), so that b = c ÷ σ and ρ = d ÷ c. */
interface Slopes {
  readonly d: number;
  readonly c: number;
}

/**
 * The slice nearest to the samples among those that have no butterfly and nowhere less variance than the slice before.
 *
 * For a given vertex m and width σ raw SVI is linear in the rest (Zeliade, "Quasi-explicit calibration of Gatheral's SVI
 * model", 2009). A shape with a butterfly is flattened until it has none, one below the slice before is lifted over it,
 * and only then compared. The number of looks is fixed, so the same samples give the same slice.
 *
 * @param samples at least one, |k| ≤ LOG_MONEYNESS_MAX
 */
export function nearestSlice(samples: readonly VarianceSample[], before?: SurfaceSlice): SurfaceSlice {
  const look = (m: number, sigma: number): Trial => {
    const slice = standing(samples, m, sigma, before);
    return { m, sigma, slice, error: errorOf(slice, samples) };
  };
  const from = Math.min(...samples.map(({ k }) => k));
  const span = Math.max(10 * SIGMA_MIN, Math.max(...samples.map(({ k }) => k)) - from);
  let best: Trial | undefined;
  for (let vertex = 0; vertex < VERTICES; vertex++) {
    const m = from + (span * vertex) / (VERTICES - 1);
    for (let width = 0, sigma = span * WIDEST; width < WIDTHS; width++, sigma /= 2) {
      const trial = look(m, Math.min(span * WIDEST, Math.max(SIGMA_MIN, sigma)));
      if (best === undefined || trial.error < best.error) best = trial;
    }
  }
  return refine(best!, look, span).slice;
}

/** Steps in vertex and width from the best look so far, smaller when none helps. */
function refine(first: Trial, look: (m: number, sigma: number) => Trial, span: number): Trial {
  let best = first;
  let step = span / (VERTICES - 1) / 2;
  let growth = 1.4;
  for (let round = 0; round < ROUNDS; round++) {
    const { m, sigma } = best;
    const around = [
      look(m - step, sigma),
      look(m + step, sigma),
      look(m, sigma / growth),
      look(m, Math.min(span * WIDEST, sigma * growth)),
    ];
    const nearest = around.reduce((least, trial) => (trial.error < least.error ? trial : least), best);
    if (nearest === best) {
      step /= 2;
      growth = Math.sqrt(growth);
    }
    best = nearest;
  }
  return best;
}

/** The best slice with this vertex and width that stands: pulled over the one before, flattened, lifted, as need be. */
function standing(
  samples: readonly VarianceSample[],
  m: number,
  sigma: number,
  before: SurfaceSlice | undefined,
): SurfaceSlice {
  const free = flattened(samples, m, sigma);
  if (before === undefined) return free;
  const undercut = undercutOf(free, before);
  if (undercut.length === 0) return free;
  // Where it undercuts, the slice before counts like one more set of samples; what is left of the gap is lifted.
  const weight = samples.reduce((sum, sample) => sum + sample.weight, 0) / undercut.length;
  const pulled = flattened([...samples, ...undercut.map(({ k, w }) => ({ k, w, weight }))], m, sigma);
  const gap = undercutOf(pulled, before).reduce((most, { by }) => Math.max(most, by), 0);
  return gap === 0 ? pulled : { ...pulled, aE8: pulled.aE8 + Math.ceil(gap * SLICE_SCALE) + 1 };
}

/** Least squares, with slopes shrunk as much as a butterfly asks for and no more. */
function flattened(samples: readonly VarianceSample[], m: number, sigma: number): SurfaceSlice {
  const moments = momentsOf(samples, m, sigma);
  const slopes = slopesOf(moments, sigma);
  const shrunk = (share: number): SurfaceSlice =>
    sliceOf({ d: slopes.d * share, c: slopes.c * share }, moments, m, sigma);
  let best = shrunk(1);
  if (hasNoButterfly(best)) return best;
  best = shrunk(0);
  let stands = 0;
  let falls = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const share = (stands + falls) / 2;
    const slice = shrunk(share);
    if (hasNoButterfly(slice)) {
      stands = share;
      best = slice;
    } else {
      falls = share;
    }
  }
  return best;
}

/** Where a slice has less variance than the one before it, what it should have, and what it lacks. */
function undercutOf(slice: SurfaceSlice, before: SurfaceSlice): { k: number; w: number; by: number }[] {
  return [...gridOf(slice), ...gridOf(before)]
    .map((k) => ({ k, w: totalVarianceOf(before, k) }))
    .map(({ k, w }) => ({ k, w, by: w - totalVarianceOf(slice, k) }))
    .filter(({ by }) => by > 0);
}

/** Weighted means of x, r = √(x² + 1) and w, and their products around them. */
interface Moments {
  x: number;
  r: number;
  w: number;
  xx: number;
  xr: number;
  rr: number;
  xw: number;
  rw: number;
}

function momentsOf(samples: readonly VarianceSample[], m: number, sigma: number): Moments {
  const sums = { x: 0, r: 0, w: 0, xx: 0, xr: 0, rr: 0, xw: 0, rw: 0 };
  let weights = 0;
  for (const { k, w, weight } of samples) {
    const x = (k - m) / sigma;
    weights += weight;
    sums.x += weight * x;
    sums.r += weight * Math.sqrt(x * x + 1);
    sums.w += weight * w;
  }
  sums.x /= weights;
  sums.r /= weights;
  sums.w /= weights;
  for (const { k, w, weight } of samples) {
    const raw = (k - m) / sigma;
    const x = raw - sums.x;
    const r = Math.sqrt(raw * raw + 1) - sums.r;
    sums.xx += weight * x * x;
    sums.xr += weight * x * r;
    sums.rr += weight * r * r;
    sums.xw += weight * x * (w - sums.w);
    sums.rw += weight * r * (w - sums.w);
  }
  return sums;
}

/** Least squares in the cone |d| ≤ c, on one of its edges when the free solution is outside; wings within bounds. */
function slopesOf(moments: Moments, sigma: number): Slopes {
  const { xx, xr, rr, xw, rw } = moments;
  const determinant = xx * rr - xr * xr;
  const free = { d: (xw * rr - rw * xr) / determinant, c: (rw * xx - xw * xr) / determinant };
  const isInside = determinant > 0 && Math.abs(free.d) <= RHO_MAX * free.c;
  const { d, c } = isInside ? free : nearerOf(onEdge(moments, RHO_MAX), onEdge(moments, -RHO_MAX), moments);
  const steepest = (c + Math.abs(d)) / sigma;
  const share = steepest > WING_SLOPE_MAX ? WING_SLOPE_MAX / steepest : 1;
  return { d: d * share, c: c * share };
}

function onEdge({ xx, xr, rr, xw, rw }: Moments, rho: number): Slopes {
  const square = rr + 2 * rho * xr + rho * rho * xx;
  const c = square > 0 ? Math.max(0, (rw + rho * xw) / square) : 0;
  return { d: rho * c, c };
}

function nearerOf(one: Slopes, other: Slopes, moments: Moments): Slopes {
  return gainOf(one, moments) >= gainOf(other, moments) ? one : other;
}

/** By how much slopes lessen the squared error of a flat slice. */
function gainOf({ d, c }: Slopes, { xx, xr, rr, xw, rw }: Moments): number {
  return 2 * (d * xw + c * rw) - (d * d * xx + 2 * d * c * xr + c * c * rr);
}

/** The slice with these slopes at the samples' height, in integers. */
function sliceOf({ d, c }: Slopes, { x, r, w }: Moments, m: number, sigma: number): SurfaceSlice {
  const a = Math.max(w - d * x - c * r, VARIANCE_MIN - Math.sqrt(c * c - d * d));
  return {
    aE8: Math.round(a * SLICE_SCALE),
    bE8: Math.floor((c / sigma) * SLICE_SCALE),
    rhoE8: c === 0 ? 0 : Math.round((d / c) * SLICE_SCALE),
    mE8: Math.round(m * SLICE_SCALE),
    sigmaE8: Math.round(sigma * SLICE_SCALE),
  };
}

function errorOf(slice: SurfaceSlice, samples: readonly VarianceSample[]): number {
  let error = 0;
  for (const { k, w, weight } of samples) {
    const off = totalVarianceOf(slice, k) - w;
    error += weight * off * off;
  }
  return error;
}
