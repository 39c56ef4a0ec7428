/**
 * The first number above `low` for which something no longer holds, by halving: no more than 31 questions for a
 * distance of 31 bits.
 *
 * @param low taken to hold, and not asked
 * @param high taken not to hold, and not asked; the answer when all between them hold
 * @param holds of numbers that hold and do not hold in turns, one of the turns is found
 * @example of sizes up to 9 that pass up to 4: firstWithout(0, 10, passes) → 5
 */
export function firstWithout(low: number, high: number, holds: (at: number) => boolean): number {
  let [held, first] = [low, high];
  while (first - held > 1) {
    const middle = held + Math.floor((first - held) / 2);
    if (holds(middle)) held = middle;
    else first = middle;
  }
  return first;
}
