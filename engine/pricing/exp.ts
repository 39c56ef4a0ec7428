import { LN_2_HIGH, LN_2_LOW } from './ln2.ts';
import { powerOfTwo } from './powerOfTwo.ts';

const ONE_BY_LN_2 = 1 / (LN_2_HIGH + LN_2_LOW);

/** Above it the result is Infinity, below the other one 0: half of the smallest double rounds away. */
const OVERFLOWS_ABOVE = 709.782712893384;
const VANISHES_BELOW = -745.1332191019412;

/**
 * e to the power x, the same bits on every machine.
 *
 * x = k·ln 2 + r with |r| ≤ ½·ln 2. The Taylor series of e^r to degree 13 leaves out less than 5e-18, and 2^k is exact.
 *
 * @returns within 1 ulp of the true value, subnormal results within one step of the smallest double; Infinity above
 *   709.78, 0 below −745.13, NaN only for NaN
 * @example exp(1) → 2.718281828459045
 */
export function exp(x: number): number {
  if (x > OVERFLOWS_ABOVE) return Number.POSITIVE_INFINITY;
  if (x < VANISHES_BELOW) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.round(x * ONE_BY_LN_2);
  const high = x - k * LN_2_HIGH;
  const low = k * LN_2_LOW;
  const r = high - low;
  // What the subtraction above rounded off: without it the reduction alone could cost half an ulp.
  const lost = high - r - low;
  const y = 1 + (r + (lost + r * r * seriesFromSquare(r)));
  if (k > 1_023) return y * 2 * powerOfTwo(k - 1);
  // A power below the normal doubles goes in two steps, of which only the second rounds.
  if (k < -1_022) return y * powerOfTwo(k + 54) * powerOfTwo(-54);
  return y * powerOfTwo(k);
}

/** Σ r^n ÷ (n + 2)! for n = 0…11, so that e^r = 1 + r + r²·seriesFromSquare(r). */
function seriesFromSquare(r: number): number {
  const z = r * r;
  const even =
    1 / 2 + z * (1 / 24 + z * (1 / 720 + z * (1 / 40_320 + z * (1 / 3_628_800 + z * (1 / 479_001_600)))));
  const odd =
    1 / 6 +
    z * (1 / 120 + z * (1 / 5_040 + z * (1 / 362_880 + z * (1 / 39_916_800 + z * (1 / 6_227_020_800)))));
  return even + r * odd;
}
