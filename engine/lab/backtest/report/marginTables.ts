import type { AssetStudy } from '../assetStudy.ts';
import type { TrialRow } from '../calibration.ts';
import { RISE_WINDOW_NAMES, type Rise } from '../procyclicality.ts';
import { FIXED_SHOCK, RIVAL_NAMES } from '../rivals.ts';
import { covered } from './coverageTables.ts';
import type { Table } from './table.ts';
import { className, dayOf, percent, times } from './words.ts';

/** A margin that should be under the fixed shock, marked where it is not. */
function underFixed(rate: number): string {
  return `${rate >= FIXED_SHOCK ? '✗ ' : ''}${percent(rate)}`;
}

export function averageTable(studies: readonly AssetStudy[]): Table {
  return {
    caption:
      'Initial margin of a long, share of notional: small, and of a size that takes a day to close; other venues at their highest leverage',
    head: [
      'asset',
      'small, calm',
      'small, average',
      'a day, calm',
      'a day, average',
      ...RIVAL_NAMES,
      'our MM, average',
      'Hyperliquid MM',
      'calm hours',
      'hours at the cap',
    ],
    rows: studies.map(({ market, average, rivals }) => [
      `${market.asset} (${className(market.class)})`,
      underFixed(average.initialCalm),
      percent(average.initial),
      percent(average.initialLargeCalm),
      percent(average.initialLarge),
      ...rivals.map(({ initial }) => percent(initial)),
      percent(average.maintenance),
      percent(rivals[0]!.maintenance),
      percent(average.calmShare, 0),
      percent(average.capShare),
    ]),
  };
}

/** `×3.17 (2020-03-12)`. */
export function riseOf({ factor, atMs }: Rise): string {
  return factor > 1 ? `${times(factor)} (${dayOf(atMs)})` : '–';
}

export function riseTable(studies: readonly AssetStudy[]): Table {
  const names = (kind: string): string[] => RISE_WINDOW_NAMES.map((name) => `${kind}, ${name}`);
  return {
    caption: 'Largest rise of the requirement of an unchanged small position',
    head: ['asset', ...names('IM'), ...names('MM'), 'liquidated by the rise alone in 5 d'],
    rows: studies.map(({ market, initialRises, maintenanceRises, liquidatedByRise, openedHours }) => [
      market.asset,
      ...initialRises.map(riseOf),
      ...maintenanceRises.map(riseOf),
      percent(liquidatedByRise / openedHours, 1),
    ]),
  };
}

/** One class under every setting that was tried. */
export function trialTable(rows: readonly TrialRow[]): Table {
  return {
    caption: `Class ${className(rows[0]!.class)}: one number changed at a time, shortest horizon, both sides`,
    head: [
      'setting',
      'range holds',
      'MM, even sale',
      'IM average',
      'IM calm',
      'liquidated by the rise alone',
    ],
    rows: rows.map((row) => [
      row.trial.name,
      covered(row.range.value),
      percent(1 - row.range.high, 3),
      covered(row.sale.value),
      percent(row.initial),
      underFixed(row.initialCalm),
      percent(row.liquidatedByRise, 1),
    ]),
  };
}
