import { UNDERLYINGS_MAX } from './parameters.ts';
import { shortfallAt } from './shortfall.ts';
import { surplusAt, type Terrain } from './terrain.ts';

const point = new Float64Array(UNDERLYINGS_MAX);

/** No point of the ray within its limit is below zero. */
export const NO_ROOT = Number.POSITIVE_INFINITY;

/** Points looked at on the way to where the slope at the start says f is zero. */
const STEPS_TO_GUESS = 2;
/** First point, as a share of the limit, when the slope points far behind the limit, and when it points up. */
const SHARE_WHEN_FAR = 1 / 2;
const SHARE_WHEN_RISING = 1 / 64;
const REFINE_STEPS = 60;
const TOLERANCE = 1e-10;
/** Micro-USD from zero that count as zero … */
const CLOSE_USD = 0.5;
/** … and for a book with options a share of f(0): it costs thirty times as much to ask again. */
const CLOSE_SHARE_WITH_OPTIONS = 1e-6;

/**
 * The nearest point of a ray where f changes sign: looked for on a ladder of points, then refined between
 * the two that enclose it.
 *
 * @param direction the ray is x = t·direction, t > 0
 * @param surplusAtStart f(0) > 0
 * @param slopeAtStart derivative of f along the ray at its start
 * @param limit largest t looked at
 * @param stepMin first point looked at where f rises, unless that is beyond half of the limit
 * @returns t, to half a micro-USD or ten digits (a millionth of what is left where there are options); NO_ROOT when f stays above zero
 */
export function nearestRoot(
  terrain: Terrain,
  direction: Float64Array,
  surplusAtStart: number,
  slopeAtStart: number,
  limit: number,
  stepMin = 0,
): number {
  const guess = slopeAtStart < 0 ? -surplusAtStart / slopeAtStart : NO_ROOT;
  let step = limit * SHARE_WHEN_FAR;
  if (guess === NO_ROOT) step = Math.min(step, Math.max(limit * SHARE_WHEN_RISING, stepMin));
  if (guess < limit * STEPS_TO_GUESS * SHARE_WHEN_FAR) step = guess / STEPS_TO_GUESS;
  let inside = 0;
  let index = 0;
  while (inside < limit) {
    // A hair past the guess: on a straight line the guess itself is the root, up to its last bit.
    const outside = Math.min(limit, inside + step * (1 + TOLERANCE));
    const shortfall = shortfallAt(terrain, pointOn(terrain, direction, outside));
    if (shortfall < 0) return refine(terrain, direction, inside, surplusAtStart, outside, shortfall);
    inside = outside;
    index++;
    if (index >= STEPS_TO_GUESS) step = inside;
  }
  return NO_ROOT;
}

function pointOn(terrain: Terrain, direction: Float64Array, t: number): Float64Array {
  for (let row = 0; row < terrain.count; row++) point[row] = direction[row]! * t;
  return point;
}

/** Regula falsi with the Illinois weight: as safe as bisection, and two or three steps where f is nearly straight. */
function refine(
  terrain: Terrain,
  direction: Float64Array,
  from: number,
  surplusAtStart: number,
  to: number,
  shortfallTo: number,
): number {
  let inside = from;
  const surplusFrom = from === 0 ? surplusAtStart : surplusAt(terrain, pointOn(terrain, direction, from));
  const hasOptions = terrain.moved.options.count > 0;
  const close = hasOptions ? Math.max(CLOSE_USD, CLOSE_SHARE_WITH_OPTIONS * surplusFrom) : CLOSE_USD;
  let weightInside = surplusFrom;
  let outside = to;
  let weightOutside = shortfallTo;
  let side = 0;
  for (let step = 0; step < REFINE_STEPS && outside - inside > TOLERANCE * outside; step++) {
    let t = inside + ((outside - inside) * weightInside) / (weightInside - weightOutside);
    if (!(t > inside && t < outside)) t = (inside + outside) / 2;
    const surplus = surplusAt(terrain, pointOn(terrain, direction, t));
    if (Math.abs(surplus) < close) return t;
    if (surplus < 0) {
      outside = t;
      weightOutside = surplus;
      if (side === -1) weightInside /= 2;
      side = -1;
    } else {
      inside = t;
      weightInside = surplus;
      if (side === 1) weightOutside /= 2;
      side = 1;
    }
  }
  return outside;
}
