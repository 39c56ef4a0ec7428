import { HOUR_MS } from '../../units/time.ts';
import { marginsOf } from './assetMargins.ts';
import type { AssetStudy } from './assetStudy.ts';
import { firstAtOrAfter } from './tape.ts';

/** A day or week that every margin model is asked about. */
export interface StressWindow {
  readonly name: string;
  readonly what: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date);

/** The stress library, in order of time. */
export const STRESS_WINDOWS: readonly StressWindow[] = [
  {
    name: '12–13 March 2020',
    what: 'COVID: BTC −55 % from peak to low, the largest fall of the data',
    fromMs: day(2020, 3, 12),
    untilMs: day(2020, 3, 14),
  },
  {
    name: '19 May 2021',
    what: 'Leverage leaves: ETH −59 %, alts −52 to −59 %',
    fromMs: day(2021, 5, 19),
    untilMs: day(2021, 5, 20),
  },
  {
    name: '9–12 May 2022',
    what: 'LUNA and UST end',
    fromMs: day(2022, 5, 9),
    untilMs: day(2022, 5, 13),
  },
  {
    name: '13–18 June 2022',
    what: 'Lenders fail one after the other',
    fromMs: day(2022, 6, 13),
    untilMs: day(2022, 6, 19),
  },
  {
    name: '8–9 November 2022',
    what: 'FTX: SOL −70 %, FTT −79 % in a day',
    fromMs: day(2022, 11, 8),
    untilMs: day(2022, 11, 10),
  },
  {
    name: '10–11 March 2023',
    what: 'USDC loses its peg; coins hardly move',
    fromMs: day(2023, 3, 10),
    untilMs: day(2023, 3, 12),
  },
  {
    name: '4–5 August 2024',
    what: 'Yen carry unwinds; bars of 4 h',
    fromMs: day(2024, 8, 4),
    untilMs: day(2024, 8, 6),
  },
  {
    name: '2–3 February 2025',
    what: 'Tariffs; bars of 4 h',
    fromMs: day(2025, 2, 2),
    untilMs: day(2025, 2, 4),
  },
  {
    name: '10–11 October 2025',
    what: 'The alt gap: wicks of −50 to −84 % on one venue, closes of −15 to −40 %',
    fromMs: day(2025, 10, 10),
    untilMs: day(2025, 10, 12),
  },
  {
    name: '5–6 February 2026',
    what: 'BTC −18 %, everything together',
    fromMs: day(2026, 2, 5),
    untilMs: day(2026, 2, 7),
  },
];

/** One asset in one window, at its shortest horizon that the bars can judge. */
export interface StressRow {
  readonly asset: string;
  readonly horizonHours: number;
  readonly windows: number;
  /** The window with the largest move ÷ range by closing price, and by the worst trade inside. */
  readonly worst: { readonly timeMs: number; readonly move: number; readonly range: number };
  readonly worstWickRatio: number;
  readonly rangeBreaches: number;
  readonly wickBreaches: number;
  readonly maintenanceBreaches: number;
  /** Maintenance multiplier when the window began and at its highest, and the highest of new risk. */
  readonly muFirstPpm: number;
  readonly muMaintenancePpmMax: number;
  readonly muInitialPpmMax: number;
}

/** All assets with bars in a window, the listed ones first. */
export function stressRows(window: StressWindow, studies: readonly AssetStudy[]): StressRow[] {
  const ordered = [...studies].sort((a, b) => Number(b.market.isListed) - Number(a.market.isListed));
  return ordered.flatMap((study) => stressRow(window, study) ?? []);
}

function stressRow(window: StressWindow, study: AssetStudy): StressRow | undefined {
  const place = study.tapes.findIndex(
    ({ timesMs }) => timesMs[0]! <= window.fromMs && timesMs[timesMs.length - 1]! >= window.untilMs,
  );
  if (place < 0) return undefined;
  const tape = study.tapes[place]!;
  const track = study.tracks[place]!;
  const horizonHours = Math.max(tape.barMs / HOUR_MS, study.horizonHoursMin);
  const ratesAt = marginsOf(study.market).at(horizonHours);
  const bars = Math.ceil((horizonHours * HOUR_MS) / tape.barMs);
  // The first window is taken over at the last close before the day begins.
  const first = Math.max(0, firstAtOrAfter(tape.timesMs, window.fromMs) - 1);
  const end = Math.min(firstAtOrAfter(tape.timesMs, window.untilMs), tape.close.length - bars);
  const counts = { rangeBreaches: 0, wickBreaches: 0, maintenanceBreaches: 0 };
  let worst = { timeMs: Number.NaN, move: 0, range: 1 };
  let worstWickRatio = 0;
  let windows = 0;
  for (let bar = first; bar < end; bar++) {
    if (tape.timesMs[bar + bars]! - tape.timesMs[bar]! !== bars * tape.barMs) continue;
    windows++;
    const { long, short } = ratesAt(track.initialPpm[bar]!, track.maintenancePpm[bar]!);
    const from = tape.close[bar]!;
    const move = tape.close[bar + bars]! / from - 1;
    const against = move < 0 ? long : short;
    const wick = Math.max(
      1 - Math.min(...tape.low.subarray(bar + 1, bar + 1 + bars)) / from,
      ((Math.max(...tape.high.subarray(bar + 1, bar + 1 + bars)) / from - 1) * long.range) / short.range,
    );
    worstWickRatio = Math.max(worstWickRatio, wick / long.range);
    if (wick > long.range) counts.wickBreaches++;
    if (Math.abs(move) > against.range) counts.rangeBreaches++;
    if (Math.abs(move) > against.maintenance) counts.maintenanceBreaches++;
    if (Math.abs(move) / against.range <= Math.abs(worst.move) / worst.range) continue;
    worst = { timeMs: tape.timesMs[bar]! + tape.barMs, move, range: against.range };
  }
  const highest = (column: Int32Array): number =>
    column.subarray(first, end).reduce((most, mu) => Math.max(most, mu), 0);
  return {
    asset: tape.asset,
    horizonHours,
    windows,
    worst,
    worstWickRatio,
    ...counts,
    muFirstPpm: track.maintenancePpm[first]!,
    muMaintenancePpmMax: highest(track.maintenancePpm),
    muInitialPpmMax: highest(track.initialPpm),
  };
}
