import { LN_2_HIGH, LN_2_LOW } from './ln2.ts';
import { powerOfTwo } from './powerOfTwo.ts';

const ROOT_OF_TWO = Math.sqrt(2);
const SMALLEST_NORMAL = powerOfTwo(-1_022);

/**
 * Natural logarithm, the same bits on every machine.
 *
 * x = m·2^e with m between √½ and √2, and ln m = 2·atanh(s) for s = (m − 1) ÷ (m + 1), |s| ≤ 0.172, whose series to s²³
 * leaves out less than 1e-20.
 *
 * @returns within 1 ulp of the true value, 0 exactly at 1; −Infinity at 0, Infinity at Infinity, NaN below 0
 * @example ln(2) → 0.6931471805599453
 */
export function ln(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < SMALLEST_NORMAL) return lnOfScaled(x * powerOfTwo(54), -54);
  return lnOfScaled(x, 0);
}

/** ln(x) + exponent·ln 2 for a normal x. */
function lnOfScaled(x: number, exponent: number): number {
  let m = x;
  let e = exponent;
  // Multiplying by a power of two is exact, so the search for the exponent loses nothing.
  if (m >= 2) {
    for (let step = 512; step >= 1; step /= 2) {
      if (m >= powerOfTwo(step)) {
        m *= powerOfTwo(-step);
        e += step;
      }
    }
  } else if (m < 1) {
    for (let step = 512; step >= 1; step /= 2) {
      if (m < powerOfTwo(1 - step)) {
        m *= powerOfTwo(step);
        e -= step;
      }
    }
  }
  if (m > ROOT_OF_TWO) {
    m /= 2;
    e += 1;
  }
  const f = m - 1;
  const s = f / (m + 1);
  const w = s * s;
  // 2s = f − s·f: written so, the rounding of s counts only by its product with f.
  const below = s * (f - 2 * w * atanhSeries(w));
  return e * LN_2_HIGH + (f - (below - e * LN_2_LOW));
}

/** 1/3 + w/5 + w²/7 + … for w = s², so that atanh(s) = s + s·w·atanhSeries(w). */
function atanhSeries(w: number): number {
  const v = w * w;
  const even = 1 / 3 + v * (1 / 7 + v * (1 / 11 + v * (1 / 15 + v * (1 / 19 + v * (1 / 23)))));
  const odd = 1 / 5 + v * (1 / 9 + v * (1 / 13 + v * (1 / 17 + v * (1 / 21))));
  return even + w * odd;
}
