import { assert } from './assert.ts';

/** Largest integer ≤ a ÷ b, exact for safe integers and b > 0. */
export function divFloor(a: number, b: number): number {
  const quotient = Math.floor(a / b);
  // The double quotient can be one off near an integer: put the remainder back into 0..b−1.
  const remainder = a - quotient * b;
  if (remainder < 0) return quotient - 1;
  return remainder >= b ? quotient + 1 : quotient;
}

/** Smallest integer ≥ a ÷ b, exact for safe integers and b > 0. */
export function divCeil(a: number, b: number): number {
  return -divFloor(-a, b);
}

/**
 * Largest integer ≤ a × b ÷ c without losing a bit of the product.
 *
 * @param a safe integer of either sign
 * @param b safe integer ≥ 0
 * @param c safe integer > 0
 * @fails AssertionError when the result is not a safe integer
 */
export function mulDivFloor(a: number, b: number, c: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER && product >= -Number.MAX_SAFE_INTEGER) return divFloor(product, c);
  // Rare: the product passes 2^53. BigInt keeps it exact; a hot path bounds its factors instead.
  const wide = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const quotient = wide / divisor - (wide < 0n && wide % divisor !== 0n ? 1n : 0n);
  const result = Number(quotient);
  assert(Number.isSafeInteger(result), `mulDiv result out of range: ${quotient}`);
  return result;
}

/** Smallest integer ≥ a × b ÷ c; see mulDivFloor. */
export function mulDivCeil(a: number, b: number, c: number): number {
  return -mulDivFloor(-a, b, c);
}

/** Nearest integer; a half goes away from zero, so that a gain and the same loss round alike. Never −0. */
export function roundHalfAway(value: number): number {
  const whole = Math.trunc(value);
  // Adding a half first would round 0.49999999999999994 up.
  const rounded = Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
  return rounded + 0;
}
