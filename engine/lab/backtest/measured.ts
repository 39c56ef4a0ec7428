import { DAY_MS } from '../../units/time.ts';
import type { Tape } from './tape.ts';

/** What the data says of an asset, beside what the parameters say. */
export interface Measured {
  /** Volatility of a day from the returns of its bars: median and ninth decile over days, and over all returns. */
  readonly volatilityMedian: number;
  readonly volatilityP90: number;
  readonly volatilityAll: number;
  /** Median turnover of the last 30 days of data. */
  readonly turnoverUsd: number;
  readonly untilMs: number;
  /** The last tape is of a spot market, whose turnover is not a perpetual's. */
  readonly isSpot: boolean;
}

const TURNOVER_DAYS = 30;

export function measureTapes(tapes: readonly Tape[]): Measured {
  const days: number[] = [];
  let squares = 0;
  let seconds = 0;
  for (const { close, timesMs, barMs } of tapes) {
    const perDay = DAY_MS / barMs;
    let day = 0;
    for (let bar = 1; bar < close.length; bar++) {
      if (timesMs[bar]! - timesMs[bar - 1]! > DAY_MS) continue;
      const square = (close[bar]! / close[bar - 1]! - 1) ** 2;
      day += square;
      squares += square;
      seconds += barMs;
      if (bar % perDay !== 0) continue;
      days.push(Math.sqrt(day));
      day = 0;
    }
  }
  days.sort((a, b) => a - b);
  const last = tapes[tapes.length - 1]!;
  return {
    volatilityMedian: quantileOf(days, 0.5),
    volatilityP90: quantileOf(days, 0.9),
    volatilityAll: Math.sqrt((squares / seconds) * DAY_MS),
    turnoverUsd: recentTurnover(last),
    untilMs: last.timesMs[last.timesMs.length - 1]!,
    isSpot: last.source.startsWith('spot'),
  };
}

function recentTurnover({ turnoverUsd, barMs }: Tape): number {
  const perDay = DAY_MS / barMs;
  const days: number[] = [];
  for (let end = turnoverUsd.length; end >= perDay && days.length < TURNOVER_DAYS; end -= perDay) {
    days.push(turnoverUsd.subarray(end - perDay, end).reduce((sum, bar) => sum + bar, 0));
  }
  return quantileOf(
    days.sort((a, b) => a - b),
    0.5,
  );
}

/** @param sorted ascending; NaN when empty */
export function quantileOf(sorted: ArrayLike<number>, quantile: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? Number.NaN;
}
