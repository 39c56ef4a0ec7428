import { MU_CAP_PPM } from '../../core/margin/defaultParameters.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { marginsOf, type RatesAt } from './assetMargins.ts';
import { addCoverage, type Coverage, createCoverage } from './coverage.ts';
import type { AssetTapes } from './dataSet.ts';
import type { Market } from './markets.ts';
import { type Measured, measureTapes } from './measured.ts';
import { type MultiplierTrack, trackMultipliers } from './multiplierTrack.ts';
import { countLiquidatedByRise, largestRise, RISE_WINDOWS_MS, type Rise } from './procyclicality.ts';
import { type Rival, rivalsOf } from './rivals.ts';
import type { Tape } from './tape.ts';
import { type Week, weekOf } from './weekly.ts';

/** Horizons that bars can judge, in hours; each asset starts at its own shortest. */
export const HORIZON_HOURS = [1, 4, 12, 24] as const;
/** The size called large: it takes a day to close. */
export const LARGE_HORIZON_HOURS = 24;

/** Averages over time of one requirement, as shares of the position. */
export interface AverageMargin {
  /** Position of the smallest size, and one whose liquidation takes a day. */
  readonly initial: number;
  readonly maintenance: number;
  readonly initialLarge: number;
  /** In hours in which the multiplier is 1. */
  readonly initialCalm: number;
  readonly initialLargeCalm: number;
  /** Share of hours that were calm. */
  readonly calmShare: number;
  /** Share of hours in which the target stood at the cap. */
  readonly capShare: number;
}

export interface AssetStudy {
  readonly market: Market;
  readonly tapes: readonly Tape[];
  readonly tracks: readonly MultiplierTrack[];
  readonly horizonHoursMin: number;
  readonly coverages: readonly Coverage[];
  readonly rivals: readonly Rival[];
  readonly average: AverageMargin;
  /** Rises of initial and of maintenance margin, one of each per window. */
  readonly initialRises: readonly Rise[];
  readonly maintenanceRises: readonly Rise[];
  readonly openedHours: number;
  readonly liquidatedByRise: number;
  readonly weeks: readonly Week[];
  readonly measured: Measured;
}

/** Runs the shipped model over everything known of one asset. */
export function studyAsset({ tapes }: AssetTapes, market: Market): AssetStudy {
  const tracks = tapes.map((tape) => trackMultipliers(tape, market.risk.sigmaPpm));
  const horizonHoursMin = market.risk.horizonMinutesMin / 60;
  const rivals = rivalsOf(market);
  const fixedRates = rivals.flatMap(({ initial, maintenance }) => [initial, maintenance]);
  const margins = marginsOf(market);
  const horizons = HORIZON_HOURS.filter((hours) => hours >= horizonHoursMin);
  const coverages = horizons.flatMap((horizonHours) => {
    const coverage = createCoverage(market.asset, horizonHours, fixedRates.length);
    const ratesAt = margins.at(horizonHours);
    const judged = tapes.filter((tape, place) =>
      addCoverage(coverage, { tape, track: tracks[place]!, ratesAt, horizonHoursMin, fixedRates }),
    );
    return judged.length > 0 ? [coverage] : [];
  });
  const small = margins.at(horizonHoursMin);
  const large = margins.at(LARGE_HORIZON_HOURS);
  const series = tapes.map((tape, place) => marginSeries(tape, tracks[place]!, small));
  const rises = (kind: 'initial' | 'maintenance'): Rise[] =>
    RISE_WINDOWS_MS.map((windowMs) =>
      series
        .filter((_, place) => tapes[place]!.barMs <= windowMs)
        .map((columns) => largestRise(columns[kind], columns.timesMs, windowMs))
        .reduce((worst, rise) => (rise.factor > worst.factor ? rise : worst), NO_RISE),
    );
  return {
    market,
    tapes,
    tracks,
    horizonHoursMin,
    coverages,
    rivals,
    average: averageMargin(tracks, small, large),
    initialRises: rises('initial'),
    maintenanceRises: rises('maintenance'),
    openedHours: series.reduce((sum, { timesMs }) => sum + timesMs.length, 0),
    liquidatedByRise: series.reduce(
      (sum, { initial, maintenance, timesMs }) =>
        sum + countLiquidatedByRise(initial, maintenance, timesMs, 5 * DAY_MS),
      0,
    ),
    measured: measureTapes(tapes),
    weeks: tapes.flatMap((tape, place) => {
      const horizonHours = Math.max(tape.barMs / HOUR_MS, horizonHoursMin);
      return weeksOf(tape, tracks[place]!, horizonHours, margins.at(horizonHours), small);
    }),
  };
}

const NO_RISE: Rise = { factor: 1, atMs: Number.NaN };

interface MarginSeries {
  readonly timesMs: Float64Array;
  readonly initial: Float64Array;
  readonly maintenance: Float64Array;
}

/** Both margins of a small long at every warm bar. */
export function marginSeries(tape: Tape, track: MultiplierTrack, ratesAt: RatesAt): MarginSeries {
  const count = track.isWarm.reduce((sum, isWarm) => sum + isWarm, 0);
  const [timesMs, initial, maintenance] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let at = 0;
  for (let bar = 0; bar < track.isWarm.length; bar++) {
    if (track.isWarm[bar] === 0) continue;
    const { long } = ratesAt(track.initialPpm[bar]!, track.maintenancePpm[bar]!);
    timesMs[at] = tape.timesMs[bar]!;
    initial[at] = long.initial;
    maintenance[at] = long.maintenance;
    at++;
  }
  return { timesMs, initial, maintenance };
}

function averageMargin(tracks: readonly MultiplierTrack[], small: RatesAt, large: RatesAt): AverageMargin {
  const sums = { hours: 0, initial: 0, maintenance: 0, initialLarge: 0, calm: 0, capped: 0 };
  for (const track of tracks) {
    for (let bar = 0; bar < track.isWarm.length; bar++) {
      if (track.isWarm[bar] === 0) continue;
      const [initialPpm, maintenancePpm] = [track.initialPpm[bar]!, track.maintenancePpm[bar]!];
      const rates = small(initialPpm, maintenancePpm).long;
      sums.hours++;
      sums.initial += rates.initial;
      sums.maintenance += rates.maintenance;
      sums.initialLarge += large(initialPpm, maintenancePpm).long.initial;
      if (initialPpm === PPM_SCALE) sums.calm++;
      if (track.targetPpm[bar] === MU_CAP_PPM) sums.capped++;
    }
  }
  return {
    initial: sums.initial / sums.hours,
    maintenance: sums.maintenance / sums.hours,
    initialLarge: sums.initialLarge / sums.hours,
    initialCalm: small(PPM_SCALE, PPM_SCALE).long.initial,
    initialLargeCalm: large(PPM_SCALE, PPM_SCALE).long.initial,
    calmShare: sums.calm / sums.hours,
    capShare: sums.capped / sums.hours,
  };
}

function weeksOf(
  tape: Tape,
  track: MultiplierTrack,
  horizonHours: number,
  ratesAt: RatesAt,
  small: RatesAt,
): Week[] {
  const weeks: Week[] = [];
  const bars = Math.ceil((horizonHours * HOUR_MS) / tape.barMs);
  for (let bar = 0; bar + bars < tape.close.length; bar++) {
    if (track.isWarm[bar] === 0) continue;
    if (tape.timesMs[bar + bars]! - tape.timesMs[bar]! !== bars * tape.barMs) continue;
    const week = weekOf(weeks, tape.timesMs[bar]!);
    const [initialPpm, maintenancePpm] = [track.initialPpm[bar]!, track.maintenancePpm[bar]!];
    const rates = ratesAt(initialPpm, maintenancePpm);
    const move = tape.close[bar + bars]! / tape.close[bar]! - 1;
    week.rangeMin = Math.min(week.rangeMin, rates.long.range);
    week.rangeMax = Math.max(week.rangeMax, rates.long.range);
    week.fallMax = Math.max(week.fallMax, -move);
    week.riseMax = Math.max(week.riseMax, move);
    if (-move > rates.long.range || move > rates.short.range) week.isBreached = true;
    const { initial } = small(initialPpm, maintenancePpm).long;
    week.initialSum += initial;
    week.bars++;
    week.initialMax = Math.max(week.initialMax, initial);
  }
  return weeks;
}
