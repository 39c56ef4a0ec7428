/**
 * Whole numbers that follow their parts and sum exactly to a total: every part is rounded down, and the
 * units left over go to the largest remainders, ties to the first.
 *
 * @param parts summing to `total` but for less than one unit a part
 * @example apportion([1.5, 2.25, -0.75], 3) → [2, 2, -1]
 */
export function apportion(parts: readonly number[], total: number): number[] {
  const whole = parts.map(Math.floor);
  const order = parts
    .map((part, at) => ({ at, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  const left = total - whole.reduce((sum, part) => sum + part, 0);
  for (let unit = 0; unit < Math.abs(left); unit++) {
    const { at } = order[unit % order.length]!;
    whole[at] = whole[at]! + Math.sign(left);
  }
  return whole.map((part) => part + 0);
}
