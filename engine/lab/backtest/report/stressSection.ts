import type { BookStudy } from '../bookStudy.ts';
import { BOOK_GROUPS } from '../books.ts';
import type { BackTest } from '../runBackTest.ts';
import type { StressRow } from '../stressWindows.ts';
import { stressPlot } from './plots.ts';
import { escapeHtml, type Table, tableHtml } from './table.ts';
import { hourOf, hours, multiplier, percent, signedPercent, times } from './words.ts';

/** Every window in one line: how much of what was held did not suffice. */
export function stressTable({ stress, books }: BackTest): Table {
  return {
    caption: 'Stress windows: positions taken over at any hour inside, both sides of all assets with bars',
    head: [
      'window',
      'assets',
      'asset-hours',
      'past the range',
      'past MM',
      'worst trade past the range',
      'worst move ÷ range',
      'highest μ held / new',
      ...BOOK_GROUPS.slice(2).map((group) => `worst ${group} ÷ scan`),
    ],
    rows: stress.map(({ window, rows }, place) => {
      const sum = (read: (row: StressRow) => number): number =>
        rows.reduce((total, row) => total + read(row), 0);
      const highest = (read: (row: StressRow) => number): number => Math.max(0, ...rows.map(read));
      const worst = rows.reduce<StressRow | undefined>(
        (a, b) => (a === undefined || ratioOf(b) > ratioOf(a) ? b : a),
        undefined,
      );
      const inHours = sum((row) => row.windows);
      return [
        window.name,
        String(rows.length),
        String(inHours),
        percent(sum((row) => row.rangeBreaches) / inHours),
        percent(sum((row) => row.maintenanceBreaches) / inHours),
        percent(sum((row) => row.wickBreaches) / inHours),
        worst === undefined ? '–' : `${times(ratioOf(worst))} (${worst.asset})`,
        `${multiplier(highest((row) => row.muMaintenancePpmMax))} / ${multiplier(highest((row) => row.muInitialPpmMax))}`,
        ...BOOK_GROUPS.slice(2).map((group) => worstBook(books, group, place)),
      ];
    }),
  };
}

function worstBook(books: readonly BookStudy[], group: string, window: number): string {
  const ratios = books
    .filter(({ book, size }) => book.group === group && size === 'small')
    .map(({ stress }) => stress[window]!)
    .filter((ratio) => !Number.isNaN(ratio));
  return ratios.length === 0 ? '–' : times(Math.max(...ratios));
}

/** Each window with its plot and a line per asset. */
export function stressSections({ stress }: BackTest): string {
  return stress
    .filter(({ rows }) => rows.length > 0)
    .map(
      ({ window, rows }) =>
        `<section><h3>${escapeHtml(window.name)}</h3><p>${escapeHtml(window.what)}.</p>${stressPlot(rows)}${tableHtml(rowTable(rows))}</section>`,
    )
    .join('\n');
}

function rowTable(rows: readonly StressRow[]): Table {
  return {
    caption: 'Taken over at any hour of the window and held for the asset’s horizon',
    head: [
      'asset',
      'horizon',
      'worst move',
      'its range',
      'move ÷ range',
      'taken over at (UTC)',
      'hours past range / MM / by worst trade',
      'μ held: before, highest',
      'highest μ of new risk',
    ],
    rows: rows.map((row) => [
      row.asset,
      hours(row.horizonHours),
      signedPercent(row.worst.move),
      percent(row.worst.range, 1),
      times(ratioOf(row)),
      hourOf(row.worst.timeMs),
      `${row.rangeBreaches} / ${row.maintenanceBreaches} / ${row.wickBreaches} of ${row.windows}`,
      `${multiplier(row.muFirstPpm)}, ${multiplier(row.muMaintenancePpmMax)}`,
      multiplier(row.muInitialPpmMax),
    ]),
  };
}

export function ratioOf({ worst }: StressRow): number {
  return Math.abs(worst.move) / worst.range;
}
