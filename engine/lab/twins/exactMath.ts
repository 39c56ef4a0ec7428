// The slow twin of engine/pricing's functions: fixed-point BigInt arithmetic and series from the textbook.

/** Bits behind the point: the smallest double keeps 250 of them. */
export const FRACTION_BITS = 1_324n;
export const ONE = 1n << FRACTION_BITS;

/** A double as fixed point, without any rounding. */
export function fixedOf(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const power = (bits >> 52n) & 0x7ffn;
  if (power === 0x7ffn) throw new RangeError(`no fixed point for ${x}`);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = power === 0n ? fraction : fraction | (1n << 52n);
  const size = mantissa << ((power === 0n ? 1n : power) - 1_075n + FRACTION_BITS);
  return bits >> 63n === 1n ? -size : size;
}

/** The double nearest to a fixed-point number of ordinary size. */
export function doubleOf(x: bigint): number {
  const size = x < 0n ? -x : x;
  const shift = BigInt(size.toString(2).length) - 64n;
  // 64 leading bits, the last one sticky, so that the conversion below rounds once and rightly.
  const head = shift > 0n ? (size >> shift) | (size & ((1n << shift) - 1n) ? 1n : 0n) : size;
  const power = Number((shift > 0n ? shift : 0n) - FRACTION_BITS);
  const half = Math.trunc(power / 2);
  const value = Number(head) * 2 ** half * 2 ** (power - half);
  return x < 0n ? -value : value;
}

/** How many units in the last place of `value` it is away from the exact number. */
export function ulpsOff(value: number, exact: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const power = (view.getBigUint64(0) >> 52n) & 0x7ffn;
  const ulp = 1n << ((power === 0n ? 1n : power) - 1_075n + FRACTION_BITS);
  const off = fixedOf(value) - exact;
  return Number(((off < 0n ? -off : off) * 1_000_000n) / ulp) / 1e6;
}

export function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> FRACTION_BITS;
}

export function divide(a: bigint, b: bigint): bigint {
  return (a << FRACTION_BITS) / b;
}

/** Newton's root of an integer, rounded down. */
export function squareRoot(x: bigint): bigint {
  if (x === 0n) return 0n;
  const square = x << FRACTION_BITS;
  let root = 1n << (BigInt(square.toString(2).length + 1) / 2n);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Σ of terms, each made from the last one, until they vanish. */
function series(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = next(term, n);
  }
  return sum;
}

/** 2·atanh(s) = ln((1 + s) ÷ (1 − s)). */
function doubleAtanh(s: bigint): bigint {
  const square = multiply(s, s);
  let power = 2n * s;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = multiply(power, square);
  }
  return sum;
}

export const LN_2 = doubleAtanh(ONE / 3n);

/** Machin: π = 16·atan(1/5) − 4·atan(1/239). */
export const PI = 16n * atanOfInverse(5n) - 4n * atanOfInverse(239n);

function atanOfInverse(q: bigint): bigint {
  let power = ONE / q;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += n % 4n === 1n ? power / n : -power / n;
    power /= q * q;
  }
  return sum;
}

export function exactExp(x: bigint): bigint {
  const k = x / LN_2;
  const r = x - k * LN_2;
  const e = series(ONE, (term, n) => multiply(term, r) / n);
  return k >= 0n ? e << k : e >> -k;
}

/** @param x > 0 */
export function exactLn(x: bigint): bigint {
  const power = BigInt(x.toString(2).length) - 1n - FRACTION_BITS;
  const m = power >= 0n ? x >> power : x << -power;
  return doubleAtanh(divide(m - ONE, m + ONE)) + power * LN_2;
}

export function exactCos(x: bigint): bigint {
  const square = multiply(x, x);
  return series(ONE, (term, n) => -multiply(term, square) / ((2n * n - 1n) * (2n * n)));
}

const ROOT_OF_TWO_PI = squareRoot(2n * PI);

export function exactPdf(x: bigint): bigint {
  return divide(ONE, multiply(ROOT_OF_TWO_PI, exactExp(multiply(x, x) / 2n)));
}

/**
 * ½ + n(x)·(x + x³/3 + x⁵/(3·5) + …). The sum is divided by 1 ÷ n(x), a large number with all its bits: its product
 * with n(x) itself would lose the lower tail.
 */
export function exactCdf(x: bigint): bigint {
  const square = multiply(x, x);
  const sum = series(x, (term, n) => multiply(term, square) / (2n * n + 1n));
  return ONE / 2n + divide(sum, multiply(ROOT_OF_TWO_PI, exactExp(square / 2n)));
}
