import { createCorrelations, type RiskParameters, type RiskSource } from '../../core/margin/parameters.ts';
import { HOUR_MS } from '../../units/time.ts';
import { sandboxRisk } from '../fixtures/risk.ts';
import type { AssetStudy } from './assetStudy.ts';
import { firstAtOrAfter } from './tape.ts';

/** Hourly closes and multipliers of several assets at the same times: what books are tested on. */
export interface Panel {
  readonly name: string;
  readonly assets: readonly string[];
  readonly timesMs: Float64Array;
  /** By asset. */
  readonly close: readonly Float64Array[];
  readonly initialPpm: readonly Int32Array[];
  readonly maintenancePpm: readonly Int32Array[];
  /** The sandbox's terms and correlations for these assets, in their order. */
  readonly source: RiskSource;
}

/** A span of time that panels are cut from. */
export interface Era {
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Years in which the same perpetuals have hourly bars without a hole. */
const ERAS: readonly Era[] = [
  { name: '2020-09 to 2024-04', fromMs: Date.UTC(2020, 8, 25), untilMs: Date.UTC(2024, 3, 18) },
  { name: '2025-09 to 2026-03', fromMs: Date.UTC(2025, 8, 15), untilMs: Date.UTC(2026, 2, 19) },
];

/** Bars of an hour cannot judge half an hour, so BTC, ETH and SOL stand as at the size that takes an hour. */
const HORIZON_MINUTES_MIN = 60;

/** One panel per era that the data covers with at least two listed assets. */
export function panelsOf(studies: readonly AssetStudy[], eras: readonly Era[] = ERAS): Panel[] {
  return eras.flatMap((era) => {
    const columns = studies
      .filter(({ market }) => market.isListed)
      .flatMap((study) => {
        const found = columnOf(study, era);
        return found === undefined ? [] : [found];
      });
    if (columns.length < 2) return [];
    const all = sandboxRisk();
    const ids = all.underlyings
      .map((_, id) => id)
      .filter((id) => columns.some(({ asset }) => asset === all.underlyings[id]!.symbol));
    const ordered = ids.map((id) => columns.find(({ asset }) => asset === all.underlyings[id]!.symbol)!);
    return [
      {
        name: era.name,
        assets: ordered.map(({ asset }) => asset),
        timesMs: ordered[0]!.timesMs,
        close: ordered.map(({ close }) => close),
        initialPpm: ordered.map(({ initialPpm }) => initialPpm),
        maintenancePpm: ordered.map(({ maintenancePpm }) => maintenancePpm),
        source: subset(all, ids),
      },
    ];
  });
}

interface Column {
  readonly asset: string;
  readonly timesMs: Float64Array;
  readonly close: Float64Array;
  readonly initialPpm: Int32Array;
  readonly maintenancePpm: Int32Array;
}

function columnOf({ market, tapes, tracks }: AssetStudy, era: Era): Column | undefined {
  const bars = (era.untilMs - era.fromMs) / HOUR_MS;
  for (const [place, tape] of tapes.entries()) {
    const first = firstAtOrAfter(tape.timesMs, era.fromMs);
    const isWhole = tape.barMs === HOUR_MS && tape.timesMs[first] === era.fromMs;
    if (!isWhole || tape.timesMs[first + bars - 1] !== era.untilMs - HOUR_MS) continue;
    const { initialPpm, maintenancePpm } = tracks[place]!;
    return {
      asset: market.asset,
      timesMs: tape.timesMs.subarray(first, first + bars),
      close: tape.close.subarray(first, first + bars),
      initialPpm: initialPpm.subarray(first, first + bars),
      maintenancePpm: maintenancePpm.subarray(first, first + bars),
    };
  }
  return undefined;
}

function subset(source: RiskSource, ids: readonly number[]): RiskSource {
  const count = source.underlyings.length;
  const cells = (matrix: readonly number[]): number[] =>
    ids.flatMap((row) => ids.map((column) => matrix[row * count + column]!));
  return {
    ...source,
    underlyings: ids.map((id) => {
      const risk = source.underlyings[id]!;
      return { ...risk, horizonMinutesMin: Math.max(HORIZON_MINUTES_MIN, risk.horizonMinutesMin) };
    }),
    calmPpm: cells(source.calmPpm),
    stressPpm: cells(source.stressPpm),
  };
}

/** The same hours with every cell of the low set taken times a factor, at most 0.99: more or less credit for hedges. */
export function withCredit(hours: readonly RiskParameters[], factor: number): RiskParameters[] {
  // The sets follow from calm and stress alone, so all hours share one.
  const { low } = hours[0]!;
  const rho = low.rho.map((cell) => Math.min(0.99, cell * factor));
  const scaled = createCorrelations(low.set, low.count, rho);
  return hours.map((parameters) => ({ ...parameters, low: scaled }));
}
