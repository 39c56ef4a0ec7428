import type { ReactNode } from 'react';
import type { GridLayout, GridSort } from '../../lib/gridLayout.ts';
import type { CellReason } from '../../lib/reasons/reason.ts';

/** One column of a grid. What is sorted, filtered, copied and exported is `text`; what is drawn is `cell`. */
export interface GridColumn<R> {
  readonly id: string;
  readonly title: string;
  /** In menus and for screen readers, where the title is too short to stand alone. */
  readonly name?: string;
  /** Numbers stand right and compare as numbers; an enum is filtered by choosing; actions only act. */
  readonly kind: 'text' | 'number' | 'enum' | 'time' | 'actions';
  /** Narrowest width in px of the compact density; spare room is shared in proportion. */
  readonly width: number;
  /** Where the grid is narrower than its columns, the highest gives way first; without it none does. */
  readonly yields?: number;
  /** Plain and at full precision: no grouping, ASCII minus, times with their zone; '' is not known. */
  text(row: R): string;
  /** @param isGone the row ended and only the pointer or the focus keeps it in its place */
  cell?(row: R, isGone: boolean): ReactNode;
  /** Where its number comes from; asked only when somebody asks what `cell` drew by `ask`. */
  why?(row: R): CellReason;
  /** Under the column, and beside the name of a group. */
  total?(rows: readonly R[]): ReactNode;
}

/** A way to put rows together. */
export interface GridGrouping<R> {
  readonly id: string;
  readonly title: string;
  /** The group a row belongs to. */
  of(row: R): string;
}

export function nameOfColumn({ name, title }: Pick<GridColumn<never>, 'name' | 'title'>): string {
  return name ?? title;
}

/** All columns in the order a person put them. Actions stay at the end: they are found without looking. */
export function orderedColumns<R>(columns: readonly GridColumn<R>[], layout: GridLayout): GridColumn<R>[] {
  const placeOf = (column: GridColumn<R>) => {
    if (column.kind === 'actions') return Number.POSITIVE_INFINITY;
    const place = layout.order.indexOf(column.id);
    return place < 0 ? layout.order.length + columns.indexOf(column) : place;
  };
  return [...columns].sort((a, b) => placeOf(a) - placeOf(b));
}

export function visibleColumns<R>(columns: readonly GridColumn<R>[], layout: GridLayout): GridColumn<R>[] {
  return orderedColumns(columns, layout).filter(({ id }) => !layout.hidden.includes(id));
}

/** Those of the columns that stand in so many px: what yields gives way, the rest is scrolled to. */
export function fittingColumns<R>(
  columns: readonly GridColumn<R>[],
  roomPx: number,
): readonly GridColumn<R>[] {
  let missingPx = columns.reduce((sum, { width }) => sum + width, 0) - roomPx;
  const gone = new Set<GridColumn<R>>();
  const yielding = columns.filter(({ yields }) => yields !== undefined);
  for (const column of yielding.sort((a, b) => b.yields! - a.yields!)) {
    if (missingPx <= 0) break;
    gone.add(column);
    missingPx -= column.width;
  }
  return gone.size === 0 ? columns : columns.filter((column) => !gone.has(column));
}

/** The order after a column changed places with its neighbour. */
export function orderAfterMove<R>(
  columns: readonly GridColumn<R>[],
  layout: GridLayout,
  id: string,
  by: -1 | 1,
): string[] {
  const ids = orderedColumns(columns, layout)
    .filter(({ kind }) => kind !== 'actions')
    .map((column) => column.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  return ids;
}

/** What a press on a head asks for: up, down, as it was. With Shift it joins the columns that sort already. */
export function sortAfterPress(
  sort: readonly GridSort[],
  column: Pick<GridColumn<never>, 'id' | 'kind'>,
  isAdding: boolean,
): GridSort[] {
  const now = sort.find(({ id }) => id === column.id);
  // The largest number and the newest time are what one looks for first.
  const isDescendingFirst = column.kind === 'number' || column.kind === 'time';
  const others = isAdding ? sort.filter(({ id }) => id !== column.id) : [];
  if (now === undefined) return [...others, { id: column.id, isDescending: isDescendingFirst }];
  if (now.isDescending !== isDescendingFirst) return others;
  const turned = { id: column.id, isDescending: !isDescendingFirst };
  return isAdding ? sort.map((each) => (each.id === column.id ? turned : each)) : [turned];
}
