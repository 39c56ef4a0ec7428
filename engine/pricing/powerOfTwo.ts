const SMALLEST = -1_074;
const LARGEST = 1_023;

/** Every power of two that a double can hold, made by doubling and halving, which are exact. */
const powers = (() => {
  const table = new Float64Array(LARGEST - SMALLEST + 1);
  table[-SMALLEST] = 1;
  for (let k = 1; k <= LARGEST; k++) table[k - SMALLEST] = table[k - 1 - SMALLEST]! * 2;
  for (let k = -1; k >= SMALLEST; k--) table[k - SMALLEST] = table[k + 1 - SMALLEST]! / 2;
  return table;
})();

/**
 * 2 to a whole power, exact.
 *
 * @param exponent integer from −1 074 (the smallest double above 0) to 1 023
 */
export function powerOfTwo(exponent: number): number {
  return powers[exponent - SMALLEST]!;
}
