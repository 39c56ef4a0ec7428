import { type Exposure, type ExposureRow, exposureRows } from '../../../../lib/firm/exposure.ts';
import type { Branch } from '../../../../lib/firm/tree.ts';

export type Measure = 'net' | 'gross';

/** More columns than this nobody reads: the rest stands in one. */
export const COLUMNS_MAX = 12;

export interface Column {
  key: number;
  label: string;
  /** How many places it stands for. */
  places: number;
}

export interface Matrix {
  columns: readonly Column[];
  rows: readonly ExposureRow[];
  /** Largest of all cells whatever the sign: the length of the longest bar. */
  mostUsd: number;
}

/** Underlyings by place: the places with the largest gross first in a large firm, all others summed in the last column. */
export function matrixOf(places: readonly Branch[], measure: Measure): Matrix {
  const rows = exposureRows(places);
  const kept = keptColumns(rows, places.length);
  const others = places.map((_, place) => place).filter((place) => !kept.includes(place));
  const columns = kept.map((place) => columnOf(places[place]!));
  if (others.length > 0) columns.push({ key: -1, label: `${others.length} others`, places: others.length });
  const shown = rows.map(({ underlying, cells, total }) => {
    const rest = others.length === 0 ? [] : [together(others.map((place) => cells[place]))];
    return { underlying, total, cells: [...kept.map((place) => cells[place]), ...rest] };
  });
  const mostUsd = shown.reduce(
    (most, { cells }) => Math.max(most, ...cells.map((cell) => Math.abs(amountOf(cell, measure) ?? 0))),
    0,
  );
  return { columns, rows: shown, mostUsd };
}

export function amountOf(exposure: Exposure | undefined, measure: Measure): number | undefined {
  return measure === 'net' ? exposure?.netUsd : exposure?.grossUsd;
}

/** Length of a cell's bar, 0 to 1: the root, so that small books stay visible beside large ones. */
export function barOf(usd: number, mostUsd: number): number {
  return mostUsd === 0 ? 0 : Math.sqrt(Math.abs(usd) / mostUsd);
}

/** In the order of the tree while all fit. */
function keptColumns(rows: readonly ExposureRow[], count: number): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  if (count <= COLUMNS_MAX) return places;
  const gross = places.map((place) =>
    rows.reduce((sum, { cells }) => sum + (cells[place]?.grossUsd ?? 0), 0),
  );
  const largest = [...places].sort((a, b) => gross[b]! - gross[a]! || a - b).slice(0, COLUMNS_MAX - 1);
  return largest.sort((a, b) => a - b);
}

function columnOf({ node }: Branch): Column {
  return { key: node.node, label: node.label, places: 1 };
}

function together(cells: readonly (Exposure | undefined)[]): Exposure | undefined {
  return cells.reduce<Exposure | undefined>(
    (sum, cell) =>
      cell === undefined
        ? sum
        : { netUsd: (sum?.netUsd ?? 0) + cell.netUsd, grossUsd: (sum?.grossUsd ?? 0) + cell.grossUsd },
    undefined,
  );
}
