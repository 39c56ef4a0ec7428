import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { MULTIPLIER_LIMITS } from '../../core/margin/multiplier.ts';
import { PPM_SCALE, type Ppm } from '../../units/rate.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { marginsOf } from './assetMargins.ts';
import { addCoverage, type Coverage, createCoverage } from './coverage.ts';
import { marketOf } from './markets.ts';
import { trackMultipliers } from './multiplierTrack.ts';
import { readTape } from './readTape.ts';
import type { Tape } from './tape.ts';

/** Half an hour judged by minutes, with the averages exactly as the engine keeps them. */
export interface MinuteStudy {
  readonly name: string;
  readonly minutes: number;
  readonly coverage: Coverage;
  readonly muMaintenancePpmMax: number;
  readonly muInitialPpmMax: number;
  /** Initial margin of a small long, on average and at its highest. */
  readonly initialMean: number;
  readonly initialMax: number;
  /** What hourly bars make of the same days: volatility they see ÷ volatility of the minutes, by hour. */
  readonly hourlyRatios: readonly number[];
}

const HALF_HOUR = 0.5;

/** BTC by the minute: a quiet month, and the days of the largest liquidation. Empty when neither file is there. */
export function studyMinutes(dataDir: string): MinuteStudy[] {
  const crash = path.join(dataDir, 'crash-2025-10-10');
  const crashFiles = existsSync(crash)
    ? readdirSync(crash)
        .filter((name) => name.startsWith('BTCUSD_PERP-1m-') && name.endsWith('.zip'))
        .sort()
        .map((name) => path.join(crash, name))
    : [];
  const month = path.join(dataDir, 'ohlcv/BTC-PERP-1m-202201.csv.gz');
  return [
    { name: 'January 2022, last trade', files: existsSync(month) ? [month] : [] },
    { name: '9–10 October 2025, index or mark', files: crashFiles },
  ].flatMap(({ name, files }) => (files.length === 0 ? [] : [studyTape(name, joined(files))]));
}

function joined(files: readonly string[]): Tape {
  const tapes = files.map((file) =>
    readTape({ file, asset: 'BTC', source: 'perpetual, 1 min', barMs: MINUTE_MS, dropLast: false }),
  );
  const column = (read: (tape: Tape) => Float64Array): Float64Array =>
    Float64Array.from(tapes.flatMap((tape) => [...read(tape)]));
  return {
    ...tapes[0]!,
    timesMs: column((tape) => tape.timesMs),
    high: column((tape) => tape.high),
    low: column((tape) => tape.low),
    close: column((tape) => tape.close),
    turnoverUsd: column((tape) => tape.turnoverUsd),
  };
}

function studyTape(name: string, tape: Tape): MinuteStudy {
  const market = marketOf('BTC')!;
  const track = trackMultipliers(tape, market.risk.sigmaPpm);
  const ratesAt = marginsOf(market).at(HALF_HOUR);
  const coverage = createCoverage('BTC', HALF_HOUR, 0);
  addCoverage(coverage, { tape, track, ratesAt, horizonHoursMin: HALF_HOUR, fixedRates: [] });
  let [initialSum, initialMax, warm, muInitial, muMaintenance] = [0, 0, 0, 0, 0];
  for (let bar = 0; bar < track.isWarm.length; bar++) {
    if (track.isWarm[bar] === 0) continue;
    const { initial } = ratesAt(track.initialPpm[bar]!, track.maintenancePpm[bar]!).long;
    warm++;
    initialSum += initial;
    initialMax = Math.max(initialMax, initial);
    muInitial = Math.max(muInitial, track.initialPpm[bar]!);
    muMaintenance = Math.max(muMaintenance, track.maintenancePpm[bar]!);
  }
  return {
    name,
    minutes: tape.close.length,
    coverage,
    muMaintenancePpmMax: muMaintenance,
    muInitialPpmMax: muInitial,
    initialMean: initialSum / warm,
    initialMax,
    hourlyRatios: compareSampling(tape),
  };
}

/** A reference so small that neither 1 nor the cap hides the volatility itself. */
const SMALL_SIGMA = 1_000 as Ppm;
const NO_CAP = { ...MULTIPLIER_LIMITS, capPpm: (2_000 * PPM_SCALE) as Ppm };

function compareSampling(tape: Tape): number[] {
  const byMinute = trackMultipliers(tape, SMALL_SIGMA, NO_CAP);
  const ends = Array.from(tape.timesMs.keys()).filter(
    (bar) => (tape.timesMs[bar]! + MINUTE_MS) % HOUR_MS === 0,
  );
  const pick = (column: Float64Array): Float64Array => Float64Array.from(ends, (bar) => column[bar]!);
  const hourly: Tape = {
    ...tape,
    barMs: HOUR_MS,
    timesMs: pick(tape.timesMs).map((timeMs) => timeMs + MINUTE_MS - HOUR_MS),
    high: pick(tape.high),
    low: pick(tape.low),
    close: pick(tape.close),
    turnoverUsd: pick(tape.turnoverUsd),
  };
  const byHour = trackMultipliers(hourly, SMALL_SIGMA, NO_CAP);
  return ends.flatMap((bar, hour) =>
    byHour.isWarm[hour] === 1 && byMinute.isWarm[bar] === 1
      ? [byHour.targetPpm[hour]! / byMinute.targetPpm[bar]!]
      : [],
  );
}
