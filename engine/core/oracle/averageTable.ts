/** Samples of an hour: one a minute. */
export const SAMPLES_PER_AVERAGE = 60;

/** Row number = underlying number. All zeros until the first mark. */
export const AVERAGE_LAYOUT = {
  /** Minute (timeMs ÷ 1 min) of the newest sample. */
  minute: 'f64',
  /** Mean of the samples of the last hour, USD × 1e8 per coin. */
  averageE8: 'f64',
  /** How far it lies from the mark of now: average ÷ mark − 1, to the nearest millionth. */
  gap: 'f64',
} as const;

/** Row = underlying × SAMPLES_PER_AVERAGE + minute mod SAMPLES_PER_AVERAGE. */
export const AVERAGE_SAMPLE_LAYOUT = { minute: 'f64', priceE8: 'f64' } as const;
