/** Share of days on which a move of so many σ was touched, ppm, at 0, 1, 2, 3 and 4 σ: measured, fat tails included. */
const TOUCHED_PPM = [1_000_000, 200_000, 60_000, 25_000, 10_000] as const;

/**
 * How often a distance is touched within a day, by straight lines through what was measured.
 *
 * @returns ppm, rounded up; from 4 σ on that of 4 σ, because nobody measured farther
 * @example 2.5 σ → 4.25 % (42 500)
 */
export function touchPpmAt(sigmas: number): number {
  const last = TOUCHED_PPM.length - 1;
  const from = Math.floor(sigmas);
  if (from >= last) return TOUCHED_PPM[last]!;
  const near = TOUCHED_PPM[from]!;
  const far = TOUCHED_PPM[from + 1]!;
  return Math.ceil(near + (far - near) * (sigmas - from));
}
