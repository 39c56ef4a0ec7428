import { PPM_SCALE } from '../../../units/rate.ts';
import type { AssetStudy } from '../assetStudy.ts';
import { type Breach, type Coverage, Measure } from '../coverage.ts';
import { pooledShare, type Share } from '../interval.ts';
import { quantileOf } from '../measured.ts';
import type { MinuteStudy } from '../minuteStudy.ts';
import { RIVAL_NAMES } from '../rivals.ts';
import type { Table } from './table.ts';
import {
  className,
  count,
  dayOf,
  hourOf,
  hours,
  multiplier,
  percent,
  signedPercent,
  times,
} from './words.ts';

/** What the back-test aims for: at least this share of horizons inside the range. */
export const AIM = 0.999;

/** Both sides of an asset at a horizon, in one share of windows. */
export function shareOf(coverage: Coverage, measure: Measure): Share {
  return pooledShare([coverage], measure);
}

/** A coverage, marked where it misses the aim. */
export function covered(breached: number): string {
  const held = 1 - breached;
  return `${held < AIM ? '✗ ' : ''}${percent(held, 3)}`;
}

export function coverageTable(studies: readonly AssetStudy[], caption: string): Table {
  return {
    caption,
    head: [
      'asset, horizon',
      'windows',
      'range holds',
      '95 % sure of at least',
      'breaches long / short',
      'events',
      'worst move ÷ range',
      'worst trade inside',
      'MM alone',
      'MM, even sale',
      'opened at IM, above MM at the end',
    ],
    rows: studies.flatMap(({ market, coverages }) =>
      coverages.map((coverage) => {
        const { long, short } = coverage;
        const range = shareOf(coverage, Measure.range);
        return [
          `${market.asset} (${className(market.class)}), ${hours(coverage.horizonHours)}`,
          count(coverage.windows),
          covered(range.value),
          percent(1 - range.high, 3),
          `${long.breaches[Measure.range]} / ${short.breaches[Measure.range]}`,
          String(long.events[Measure.range]! + short.events[Measure.range]!),
          times(coverage.worstRatio),
          covered(shareOf(coverage, Measure.wick).value),
          covered(shareOf(coverage, Measure.maintenance).value),
          covered(shareOf(coverage, Measure.unwind).value),
          percent(1 - shareOf(coverage, Measure.gap).value),
        ];
      }),
    ),
  };
}

/** What other venues' rates would have covered of the same closes. */
export function rivalCoverageTable(studies: readonly AssetStudy[]): Table {
  return {
    caption:
      'Share of moves at the shortest horizon that each rule’s maintenance covers, both sides, by closing price',
    head: ['asset, horizon', 'our MM', 'our range', ...RIVAL_NAMES.map((name) => `${name} MM`)],
    rows: studies.map(({ market, coverages, rivals }) => {
      const coverage = coverages[0]!;
      const held = (place: number): string => {
        const breaches = coverage.long.fixed[place]! + coverage.short.fixed[place]!;
        return covered(breaches / (2 * coverage.windows));
      };
      return [
        `${market.asset}, ${hours(coverage.horizonHours)}`,
        covered(shareOf(coverage, Measure.maintenance).value),
        covered(shareOf(coverage, Measure.range).value),
        // Each rival stands with its initial rate and behind it the one for maintenance.
        ...rivals.map((_, rival) => held(2 * rival + 1)),
      ];
    }),
  };
}

export function breachTable(breaches: readonly Breach[], caption: string): Table {
  return {
    caption,
    head: [
      'position',
      'horizon',
      'first (UTC)',
      'worst taken over at',
      'windows',
      'move',
      'range',
      'move ÷ range',
    ],
    rows: breaches.map(({ asset, side, horizonHours, firstMs, worstMs, windows, move, range }) => [
      `${side} ${asset}`,
      hours(horizonHours),
      hourOf(firstMs),
      hourOf(worstMs),
      String(windows),
      signedPercent(side === 'long' ? -move : move),
      percent(range, 1),
      times(move / range),
    ]),
  };
}

/** Events at the shortest horizon, worst first. */
export function shortestBreaches(studies: readonly AssetStudy[]): Breach[] {
  return studies
    .flatMap(({ coverages }) => coverages[0]?.breaches ?? [])
    .sort((a, b) => b.move / b.range - a.move / a.range);
}

export function minuteTable(minutes: readonly MinuteStudy[]): Table {
  return {
    caption: 'BTC, half an hour, from 1-minute prices and with both averages as the engine keeps them',
    head: [
      'days',
      'windows',
      'range, long',
      'range, short',
      'MM, long',
      'MM, short',
      'worst move ÷ range',
      'highest μ held / new',
      'IM mean / highest',
      'hourly ÷ minute volatility p5 / p50 / p95',
    ],
    rows: minutes.map(({ name, coverage, hourlyRatios, ...study }) => {
      const ratios = [...hourlyRatios].sort((a, b) => a - b);
      const held = (side: 'long' | 'short', measure: Measure): string =>
        covered(coverage[side].breaches[measure]! / coverage.windows);
      return [
        name,
        count(coverage.windows),
        held('long', Measure.range),
        held('short', Measure.range),
        held('long', Measure.maintenance),
        held('short', Measure.maintenance),
        times(coverage.worstRatio),
        `${multiplier(study.muMaintenancePpmMax)} / ${multiplier(study.muInitialPpmMax)}`,
        `${percent(study.initialMean)} / ${percent(study.initialMax)}`,
        [0.05, 0.5, 0.95].map((quantile) => quantileOf(ratios, quantile).toFixed(2)).join(' / '),
      ];
    }),
  };
}

/** What was read, and the parameters it is judged by. */
export function marketTable(studies: readonly AssetStudy[]): Table {
  return {
    caption:
      'Assets, their parameters, and what the data says of them (volatility of a day; turnover of the last 30 days)',
    head: [
      'asset',
      'class',
      'data',
      'σ shipped',
      'σ measured: median / p90 / all',
      'h min',
      'ADV shipped, M',
      'a tenth of turnover, M',
    ],
    rows: studies.map(({ market, tapes, measured }) => [
      market.asset,
      className(market.class),
      `${dayOf(tapes[0]!.timesMs[0]!)} to ${dayOf(measured.untilMs)}`,
      percent(market.risk.sigmaPpm / PPM_SCALE, 1),
      [measured.volatilityMedian, measured.volatilityP90, measured.volatilityAll]
        .map((volatility) => percent(volatility, 1))
        .join(' / '),
      hours(market.risk.horizonMinutesMin / 60),
      market.isListed ? (market.risk.adv30Usd / 1e12).toFixed(1) : '–',
      measured.isSpot ? 'spot' : (measured.turnoverUsd / 1e7).toFixed(1),
    ]),
  };
}
