import { BookMeasure, type BookSize, type BookStudy } from '../bookStudy.ts';
import { BOOK_GROUPS } from '../books.ts';
import type { PairStudy } from '../correlationStudy.ts';
import { breachShare } from '../interval.ts';
import { RISE_WINDOW_NAMES } from '../procyclicality.ts';
import type { CreditRow } from '../runBackTest.ts';
import { covered } from './coverageTables.ts';
import { riseOf } from './marginTables.ts';
import type { Table } from './table.ts';
import { count, hourOf, percent, times } from './words.ts';

/** Groups of books, each in one line: the pooled share, and the book that did worst. */
export function bookGroupTable(books: readonly BookStudy[], size: BookSize): Table {
  return {
    caption: `Books, ${size === 'small' ? 'small' : 'so large that the slowest leg takes half a day'}: scan and MM against the loss of the whole book`,
    head: [
      'panel, group',
      'books',
      'book-hours',
      'scan holds',
      'worst book',
      'MM alone',
      'scan, all legs wait for the slowest',
      'opened at IM, above MM at the end',
      'worst loss ÷ scan',
      'IM ÷ gross',
      'legs alone ÷ gross',
      'saved',
    ],
    rows: panelsIn(books).flatMap((panel) =>
      BOOK_GROUPS.map((group) => {
        const members = books.filter(
          (study) => study.panel === panel && study.size === size && study.book.group === group,
        );
        const windows = sumOf(members, (study) => study.windows);
        const pooled = (measure: number): string =>
          covered(sumOf(members, ({ breaches }) => breaches[measure]!) / windows);
        const worst = members.reduce((a, b) => (breachesOf(b) > breachesOf(a) ? b : a));
        const initial = sumOf(members, (study) => study.initial) / members.length;
        const alone = sumOf(members, (study) => study.alone) / members.length;
        return [
          `${panel}, ${group}`,
          String(members.length),
          count(windows),
          pooled(BookMeasure.scan),
          `${covered(breachesOf(worst) / worst.windows)} (${worst.book.name})`,
          pooled(BookMeasure.maintenance),
          pooled(BookMeasure.scanSlowest),
          percent(1 - sumOf(members, ({ breaches }) => breaches[BookMeasure.gap]!) / windows),
          times(Math.max(...members.map(({ worstRatio }) => worstRatio))),
          percent(initial),
          percent(alone),
          percent(1 - initial / alone, 0),
        ];
      }),
    ),
  };
}

/** Each book with a name, small. */
export function namedBookTable(books: readonly BookStudy[]): Table {
  return {
    caption: 'Small books one by one',
    head: [
      'panel, book',
      'scan holds',
      '95 % sure of at least',
      'events',
      'MM alone',
      'worst loss ÷ scan',
      'taken over at (UTC)',
      'IM ÷ gross',
      ...RISE_WINDOW_NAMES.map((name) => `IM rise, ${name}`),
      'liquidated by the rise alone in 5 d',
    ],
    rows: books
      .filter(({ size, book }) => size === 'small' && book.group !== 'random')
      .map((study) => {
        const share = breachShare({
          windows: study.windows,
          overlap: study.overlap,
          breaches: breachesOf(study),
          events: study.events[BookMeasure.scan]!,
        });
        return [
          `${study.panel}, ${study.book.name}`,
          covered(share.value),
          percent(1 - share.high, 3),
          String(study.events[BookMeasure.scan]),
          covered(study.breaches[BookMeasure.maintenance]! / study.windows),
          times(study.worstRatio),
          hourOf(study.worstMs),
          percent(study.initial),
          ...study.rises.map(riseOf),
          percent(study.liquidatedByRise, 1),
        ];
      }),
  };
}

export function creditTable(rows: readonly CreditRow[]): Table {
  return {
    caption: 'Pairs and group-against-group books, small, under more or less credit for hedges',
    head: ['credit ÷ shipped', 'book-hours', 'scan holds', 'MM alone', 'IM ÷ gross'],
    rows: rows.map(({ factor, windows, scanBreaches, maintenanceBreaches, initial }) => [
      factor === 0 ? 'none' : times(factor),
      count(windows),
      covered(scanBreaches / windows),
      covered(maintenanceBreaches / windows),
      percent(initial),
    ]),
  };
}

/** Pairs that a desk hedges with; the rest is in the last lines. */
const NAMED_PAIRS = [
  'BTC ETH',
  'BTC SOL',
  'ETH SOL',
  'BTC DOGE',
  'SOL AVAX',
  'DOGE ADA',
  'BTC HYPE',
  'BTC SUI',
];

export function pairTable(pairs: readonly PairStudy[]): Table {
  const line = (name: string, members: readonly PairStudy[]): string[] => {
    const weeks = sumOf(members, (pair) => pair.weeks);
    const span = (read: (pair: PairStudy) => number): string => {
      const [least, most] = [Math.min(...members.map(read)), Math.max(...members.map(read))];
      return least === most ? least.toFixed(2) : `${least.toFixed(2)} to ${most.toFixed(2)}`;
    };
    return [
      name,
      String(weeks),
      span((pair) => pair.low),
      span((pair) => pair.high),
      span((pair) => pair.least),
      span((pair) => pair.p5),
      span((pair) => pair.median),
      percent(sumOf(members, (pair) => pair.weeksBelowLow) / weeks, 1),
      percent(sumOf(members, (pair) => pair.weeksAboveHigh) / weeks, 1),
    ];
  };
  const named = pairs.filter(({ a, b }) => NAMED_PAIRS.includes(`${a} ${b}`));
  return {
    caption:
      'Correlation of hourly returns, week by week, against the sets: low is counted on, high is feared',
    head: [
      'panel, pair',
      'weeks',
      'low',
      'high',
      'least',
      'p5',
      'median',
      'weeks below low',
      'weeks above high',
    ],
    rows: [
      ...named.map((pair) => line(`${pair.panel}, ${pair.a}–${pair.b}`, [pair])),
      ...panelsIn(pairs).map((panel) =>
        line(
          `${panel}, all pairs`,
          pairs.filter((pair) => pair.panel === panel),
        ),
      ),
    ],
  };
}

function breachesOf(study: BookStudy): number {
  return study.breaches[BookMeasure.scan]!;
}

function panelsIn(rows: readonly { readonly panel: string }[]): string[] {
  return [...new Set(rows.map(({ panel }) => panel))];
}

function sumOf<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + read(row), 0);
}
