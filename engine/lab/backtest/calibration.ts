import { MULTIPLIER_LIMITS, type MultiplierLimits } from '../../core/margin/multiplier.ts';
import type { UnderlyingClass } from '../../protocol/enums.ts';
import type { Ppm } from '../../units/rate.ts';
import { DAY_MS } from '../../units/time.ts';
import { type ModelChoice, marginsOf } from './assetMargins.ts';
import { marginSeries } from './assetStudy.ts';
import { addCoverage, type Coverage, createCoverage, Measure } from './coverage.ts';
import type { AssetTapes } from './dataSet.ts';
import { pooledShare, type Share } from './interval.ts';
import type { Market } from './markets.ts';
import { trackMultipliers } from './multiplierTrack.ts';
import { countLiquidatedByRise } from './procyclicality.ts';

/** One setting that is tried: what differs from the shipped one. */
export interface Trial {
  readonly name: string;
  readonly choice?: Omit<ModelChoice, 'sigmaPpm'>;
  readonly sigmaScale?: number;
  readonly limits?: Partial<MultiplierLimits>;
}

/** What a setting gives a class of assets at its shortest whole horizon, both sides together. */
export interface TrialRow {
  readonly trial: Trial;
  readonly class: UnderlyingClass;
  readonly range: Share;
  readonly sale: Share;
  /** Average over hours and assets of what opening a small position takes; and what it takes in calm. */
  readonly initial: number;
  readonly initialCalm: number;
  /** Share of hours after which an account at initial margin is liquidated within 5 days by the rise alone. */
  readonly liquidatedByRise: number;
}

const ppm = (value: number): Ppm => Math.round(value * 1e6) as Ppm;

/** One number at a time around the shipped ones. */
export const trials: readonly Trial[] = [
  { name: 'as shipped' },
  ...[4, 5, 7, 8].map((z) => ({ name: `z = ${z}`, choice: { zPpm: ppm(z) } })),
  ...[0.75, 1.25].map((sigmaScale) => ({ name: `σ × ${sigmaScale}`, sigmaScale })),
  ...[3, 6].map((cap) => ({ name: `multiplier up to ${cap}`, limits: { capPpm: ppm(cap) } })),
  { name: 'no multiplier', limits: { capPpm: ppm(1) } },
  ...[2, 10, 25].map((risePercent) => ({ name: `rises ${risePercent} %/h`, limits: { risePercent } })),
  ...[1].map((fallPercent) => ({ name: `falls ${fallPercent} %/h`, limits: { fallPercent } })),
  {
    name: 'σ × 0.75, rises 25 %/h',
    sigmaScale: 0.75,
    limits: { risePercent: 25 },
  },
];

/** Runs a setting over the assets of one class. */
export function runTrial(
  trial: Trial,
  kind: UnderlyingClass,
  assets: readonly { tapes: AssetTapes; market: Market }[],
): TrialRow {
  const limits = { ...MULTIPLIER_LIMITS, ...trial.limits };
  const sums = { initial: 0, bars: 0, liquidated: 0 };
  const coverages: Coverage[] = [];
  let initialCalm = 0;
  for (const { tapes, market } of assets) {
    const sigmaPpm = Math.round(market.risk.sigmaPpm * (trial.sigmaScale ?? 1)) as Ppm;
    const choice = { ...trial.choice, sigmaPpm };
    const horizonHoursMin = market.risk.horizonMinutesMin / 60;
    const horizonHours = Math.max(1, horizonHoursMin);
    const coverage = createCoverage(market.asset, horizonHours, 0);
    const margins = marginsOf(market, choice);
    const ratesAt = margins.at(horizonHours);
    const small = margins.at(horizonHoursMin);
    initialCalm = small(1e6, 1e6).long.initial;
    for (const tape of tapes.tapes) {
      const track = trackMultipliers(tape, sigmaPpm, limits);
      addCoverage(coverage, { tape, track, ratesAt, horizonHoursMin, fixedRates: [] });
      const { initial, maintenance, timesMs } = marginSeries(tape, track, small);
      sums.bars += initial.length;
      for (const margin of initial) sums.initial += margin;
      sums.liquidated += countLiquidatedByRise(initial, maintenance, timesMs, 5 * DAY_MS);
    }
    coverages.push(coverage);
  }
  return {
    trial,
    class: kind,
    range: pooledShare(coverages, Measure.range),
    sale: pooledShare(coverages, Measure.unwind),
    initial: sums.initial / sums.bars,
    initialCalm,
    liquidatedByRise: sums.liquidated / sums.bars,
  };
}
