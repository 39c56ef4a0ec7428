const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next try: doubling, at most 5 s, with up to a quarter off so that many
 * terminals do not return in step.
 *
 * @param attempt 1 for the first try after a break
 * @param random in 0..1
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (1 - random / 4));
}
