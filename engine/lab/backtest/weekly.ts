import { DAY_MS } from '../../units/time.ts';

/** What a plot over years needs of one week. */
export interface Week {
  readonly fromMs: number;
  /** Narrowest and widest maintenance range at the shortest horizon that its bars can judge. */
  rangeMin: number;
  rangeMax: number;
  /** Largest moves over that horizon, both ≥ 0. */
  fallMax: number;
  riseMax: number;
  /** Whether some move passed the range that stood against it. */
  isBreached: boolean;
  /** Initial margin of a small position: the sum over its bars, how many they are, and the highest. */
  initialSum: number;
  bars: number;
  initialMax: number;
}

const WEEK_MS = 7 * DAY_MS;

/** The week of a time; made when it is the first of its week. Weeks are asked for in order. */
export function weekOf(weeks: Week[], timeMs: number): Week {
  const fromMs = Math.floor(timeMs / WEEK_MS) * WEEK_MS;
  const last = weeks[weeks.length - 1];
  if (last?.fromMs === fromMs) return last;
  const week: Week = {
    fromMs,
    rangeMin: Number.POSITIVE_INFINITY,
    rangeMax: 0,
    fallMax: 0,
    riseMax: 0,
    isBreached: false,
    initialSum: 0,
    bars: 0,
    initialMax: 0,
  };
  weeks.push(week);
  return week;
}
