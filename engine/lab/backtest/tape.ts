/** Hourly or longer bars of one asset from one file, in order of time, as columns. */
export interface Tape {
  readonly asset: string;
  /** Where it is from, in words for a report: `perpetual, 1 h`. */
  readonly source: string;
  readonly barMs: number;
  /** When each bar opened. */
  readonly timesMs: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Volume times close where the file has no turnover of its own: USD of the bar. */
  readonly turnoverUsd: Float64Array;
}

/** The part of a tape that lies in [fromMs, untilMs); shares memory with the whole. */
export function sliceTape(tape: Tape, fromMs: number, untilMs: number): Tape {
  const first = firstAtOrAfter(tape.timesMs, fromMs);
  const end = firstAtOrAfter(tape.timesMs, untilMs);
  return {
    ...tape,
    timesMs: tape.timesMs.subarray(first, end),
    high: tape.high.subarray(first, end),
    low: tape.low.subarray(first, end),
    close: tape.close.subarray(first, end),
    turnoverUsd: tape.turnoverUsd.subarray(first, end),
  };
}

/** Place of the first bar that opens at or after a time; the length when none does. */
export function firstAtOrAfter(timesMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where a tape starts anew: at its first bar and behind every hole longer than a day.
 *
 * An outage of hours is one return like any other, because the price did move; after days without a price
 * the last one says nothing about the next.
 */
export function stretchesOf(tape: Tape, holeMsMax: number): { first: number; end: number }[] {
  const stretches: { first: number; end: number }[] = [];
  let first = 0;
  for (let bar = 1; bar <= tape.timesMs.length; bar++) {
    const isEnd = bar === tape.timesMs.length;
    if (!isEnd && tape.timesMs[bar]! - tape.timesMs[bar - 1]! <= holeMsMax) continue;
    stretches.push({ first, end: bar });
    first = bar;
  }
  return stretches;
}
