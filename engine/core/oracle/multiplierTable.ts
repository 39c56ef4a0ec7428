/** Row number = underlying number. All zeros until the first index. */
export const MULTIPLIER_LAYOUT = {
  /** Variances of a day: fraction², see `Variances`. */
  varianceFast: 'f64',
  varianceSlow: 'f64',
  /** Minute (timeMs ÷ 1 min) of the last return that was observed, and the index then, USD × 1e8 per coin. */
  minute: 'f64',
  minuteIndexE8: 'f64',
  /** What the market asks for now; new risk pays it at once. */
  targetPpm: 'i32',
  /** What risk already held pays, what it will pay from the announced time on, and that time. */
  nowPpm: 'i32',
  nextPpm: 'i32',
  nextAtMs: 'f64',
} as const;
