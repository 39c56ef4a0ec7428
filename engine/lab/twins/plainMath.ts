/** Fractions carry 18 digits, as integers of this. */
export const ONE = 1_000_000_000_000_000_000n;
/** Money carries 12 digits below the micro-USD. */
export const MONEY = 1_000_000_000_000n;
export const PPM = 1_000_000n;

/** Largest integer whose square is no more than `value`. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  // Newton's steps come down to the root, so they start just above what a double knows of it.
  let root = BigInt(Math.ceil(Math.sqrt(Number(value)) * (1 + 1e-15))) + 1n;
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** For a positive divisor. */
export function ceilDiv(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value > 0n && quotient * divisor !== value ? quotient + 1n : quotient;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function largest(values: readonly bigint[]): bigint {
  return values.reduce(larger);
}

export function smallest(values: readonly bigint[]): bigint {
  return values.reduce(smaller);
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
