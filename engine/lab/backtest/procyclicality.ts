import { DAY_MS, HOUR_MS } from '../../units/time.ts';

/** Windows in which a requirement's rise is measured. */
export const RISE_WINDOWS_MS = [HOUR_MS, DAY_MS, 5 * DAY_MS] as const;
export const RISE_WINDOW_NAMES = ['1 h', '24 h', '5 d'] as const;

/** The largest rise of a series inside a window: a factor, and when it was complete. */
export interface Rise {
  readonly factor: number;
  readonly atMs: number;
}

/**
 * Largest ratio of a value to any value at most `windowMs` before it.
 *
 * @param values requirements of the same position, all above zero
 * @returns factor 1 for a series that never rises
 */
export function largestRise(values: Float64Array, timesMs: Float64Array, windowMs: number): Rise {
  let rise: Rise = { factor: 1, atMs: Number.NaN };
  forEachWindow(values, timesMs, windowMs, -1, (at, least) => {
    const factor = values[at]! / values[least]!;
    if (factor > rise.factor) rise = { factor, atMs: timesMs[at]! };
  });
  return rise;
}

/**
 * How many accounts, opened at initial margin in each bar at a price that then stands still, fall under
 * maintenance margin within `windowMs`, for no other reason than that it rose.
 */
export function countLiquidatedByRise(
  initial: Float64Array,
  maintenance: Float64Array,
  timesMs: Float64Array,
  windowMs: number,
): number {
  const backwards = timesMs.map((_, at) => -timesMs[timesMs.length - 1 - at]!);
  const later = maintenance.slice().reverse();
  let count = 0;
  forEachWindow(later, backwards, windowMs, 1, (at, highest) => {
    if (later[highest]! > initial[initial.length - 1 - at]!) count++;
  });
  return count;
}

/** Visits every place with the place of the least (sign −1) or highest (sign 1) value of the window that ends there. */
function forEachWindow(
  values: Float64Array,
  timesMs: Float64Array,
  windowMs: number,
  sign: -1 | 1,
  visit: (at: number, extreme: number) => void,
): void {
  // Candidates from the best on, each later one worse: the best of a window is always the first.
  const candidates = new Int32Array(values.length);
  let first = 0;
  let end = 0;
  for (let at = 0; at < values.length; at++) {
    while (end > first && sign * values[candidates[end - 1]!]! <= sign * values[at]!) end--;
    candidates[end++] = at;
    while (timesMs[candidates[first]!]! < timesMs[at]! - windowMs) first++;
    visit(at, candidates[first]!);
  }
}
