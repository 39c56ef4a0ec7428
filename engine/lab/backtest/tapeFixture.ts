import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { HOUR_MS } from '../../units/time.ts';
import { randomFrom } from '../sim/random.ts';
import type { RatesAt } from './assetMargins.ts';
import type { MultiplierTrack } from './multiplierTrack.ts';
import type { Tape } from './tape.ts';

/** Midnight of a Thursday: hours count from here in made-up tapes. */
export const FIXTURE_START_MS = Date.UTC(2025, 8, 18);

/** A made-up tape of hourly bars whose highs and lows are its closes unless they are given. */
export function tapeOf(
  close: readonly number[],
  given: {
    low?: readonly number[];
    high?: readonly number[];
    timesMs?: readonly number[];
    asset?: string;
  } = {},
): Tape {
  return {
    asset: given.asset ?? 'BTC',
    source: 'perpetual, 1 h',
    barMs: HOUR_MS,
    timesMs: Float64Array.from(given.timesMs ?? close.map((_, hour) => FIXTURE_START_MS + hour * HOUR_MS)),
    high: Float64Array.from(given.high ?? close),
    low: Float64Array.from(given.low ?? close),
    close: Float64Array.from(close),
    turnoverUsd: new Float64Array(close.length).fill(1_000),
  };
}

/** A track in which nothing moves and every bar counts. */
export function calmTrack(tape: Tape): MultiplierTrack {
  const ones = new Int32Array(tape.close.length).fill(1_000_000);
  return {
    targetPpm: ones,
    initialPpm: ones,
    maintenancePpm: ones,
    isWarm: new Uint8Array(tape.close.length).fill(1),
  };
}

/** Rates that are the same at all times and on both sides. */
export function flatRates(range: number): RatesAt {
  const rates = { range, maintenance: 0.6 * range, initial: range };
  return () => ({ long: rates, short: rates });
}

/** Prices that wander by about `step` an hour, the same for the same seed. */
export function wanderingCloses(count: number, seed: number, step: number): number[] {
  const random = randomFrom(seed);
  let price = 1_000;
  return Array.from({ length: count }, () => {
    price *= 1 + step * (random.unit() + random.unit() + random.unit() - 1.5);
    return price;
  });
}

/** Writes hourly bars in the form of the recorded ones of 2025 and 2026; the last bar counts as unfinished. */
export function writeBars(dataDir: string, asset: string, close: readonly number[]): void {
  const folder = path.join(dataDir, 'ohlcv/perp-1h-2025-2026');
  mkdirSync(folder, { recursive: true });
  const rows = close.map((price, hour) => {
    const openMs = FIXTURE_START_MS + hour * HOUR_MS;
    return [openMs, price, price * 1.001, price * 0.999, price, 5, 5 * price, 9, openMs + HOUR_MS - 1].join(
      ',',
    );
  });
  const header = 'timestamp,open,high,low,close,volume,quote_volume,trades,close_time';
  writeFileSync(path.join(folder, `${asset}USDT.csv.gz`), gzipSync(`${[header, ...rows].join('\n')}\n`));
}
