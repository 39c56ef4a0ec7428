import { type AssetStudy, studyAsset } from './assetStudy.ts';
import { BOOK_SIZES, BookMeasure, type BookStudy, parametersByHour, studyBook } from './bookStudy.ts';
import { BOOK_GROUPS, type Book, booksOf } from './books.ts';
import { runTrial, type TrialRow, trials } from './calibration.ts';
import { type PairStudy, studyPairs } from './correlationStudy.ts';
import { readDataSet } from './dataSet.ts';
import { type Market, marketOf } from './markets.ts';
import { type MinuteStudy, studyMinutes } from './minuteStudy.ts';
import { type Panel, panelsOf, withCredit } from './panel.ts';
import { STRESS_WINDOWS, type StressRow, type StressWindow, stressRows } from './stressWindows.ts';

/** Everything the report says, as numbers. */
export interface BackTest {
  readonly assets: readonly AssetStudy[];
  readonly minutes: readonly MinuteStudy[];
  readonly panels: readonly { readonly name: string; readonly assets: readonly string[] }[];
  readonly books: readonly BookStudy[];
  readonly credits: readonly CreditRow[];
  readonly pairs: readonly PairStudy[];
  readonly stress: readonly { readonly window: StressWindow; readonly rows: readonly StressRow[] }[];
  readonly trials: readonly TrialRow[];
  readonly notes: readonly string[];
}

/** Hedged books under more or less credit than shipped. */
export interface CreditRow {
  readonly factor: number;
  readonly windows: number;
  readonly scanBreaches: number;
  readonly maintenanceBreaches: number;
  /** Average over books and hours, as a share of gross notional. */
  readonly initial: number;
}

/** Credit for hedges times this; at 4/3 a hedge counts at the correlation measured in stress. */
const CREDIT_FACTORS = [0, 1, 1.15, 4 / 3];

/** Books named in the report are the same on every run. */
export const BOOK_SEED = 1;

/** @param say is told what is being done, for who waits */
export function runBackTest(dataDir: string, say: (sentence: string) => void): BackTest {
  const data = readDataSet(dataDir);
  const known = data.assets.flatMap((tapes) => {
    const market = marketOf(tapes.asset);
    return market === undefined ? [] : [{ tapes, market }];
  });
  const unknown = data.assets.filter(({ asset }) => marketOf(asset) === undefined);
  say(`${known.length} assets, one after the other`);
  const assets = known.map(({ tapes, market }) => studyAsset(tapes, market));
  const panels = panelsOf(assets);
  say(`books of ${panels.map(({ assets: names }) => names.length).join(' and ')} assets, hour by hour`);
  // One panel after the other: its hours are the largest thing in memory.
  const held = panels.map(studyPanel);
  say('other parameters than the shipped ones');
  return {
    assets,
    minutes: studyMinutes(dataDir),
    panels: panels.map(({ name, assets: names }) => ({ name, assets: names })),
    books: held.flatMap(({ books }) => books),
    credits: creditRows(held.flatMap(({ credited }) => credited)),
    pairs: panels.flatMap(studyPairs),
    stress: STRESS_WINDOWS.map((window) => ({ window, rows: stressRows(window, assets) })),
    trials: trialRows(known),
    notes: [...data.notes, ...unknown.map(({ asset }) => `${asset} has no class and was left out.`)],
  };
}

/** The books of a panel, and its hedged ones again under each credit. */
function studyPanel(panel: Panel): { books: BookStudy[]; credited: CreditedStudy[] } {
  const hours = parametersByHour(panel);
  const books = booksOf(panel.assets, BOOK_SEED);
  return {
    books: BOOK_SIZES.flatMap((size) => books.map((book) => studyBook(panel, hours, book, size))),
    credited: CREDIT_FACTORS.flatMap((factor) => {
      const credited = withCredit(hours, factor);
      return books
        .filter(isHedged)
        .map((book) => ({ factor, study: studyBook(panel, credited, book, 'small') }));
    }),
  };
}

interface CreditedStudy {
  readonly factor: number;
  readonly study: BookStudy;
}

/** A book whose hedge is the point: credit makes its margin. */
export function isHedged({ group }: Book): boolean {
  return group === BOOK_GROUPS[2] || group === BOOK_GROUPS[3];
}

function creditRows(credited: readonly CreditedStudy[]): CreditRow[] {
  return CREDIT_FACTORS.map((factor) => {
    const studies = credited.filter((one) => one.factor === factor).map(({ study }) => study);
    const sum = (read: (study: BookStudy) => number): number =>
      studies.reduce((total, study) => total + read(study), 0);
    const windows = sum((study) => study.windows);
    return {
      factor,
      windows,
      scanBreaches: sum(({ breaches }) => breaches[BookMeasure.scan]!),
      maintenanceBreaches: sum(({ breaches }) => breaches[BookMeasure.maintenance]!),
      initial: sum((study) => study.initial * study.windows) / windows,
    };
  });
}

function trialRows(
  known: readonly { tapes: Parameters<typeof studyAsset>[0]; market: Market }[],
): TrialRow[] {
  const classes = [...new Set(known.map(({ market }) => market.class))].sort((a, b) => a - b);
  return classes.flatMap((kind) => {
    const members = known.filter(({ market }) => market.class === kind);
    return trials.map((trial) => runTrial(trial, kind, members));
  });
}
