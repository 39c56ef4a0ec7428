import {
  type ColumnDef,
  columnFilteringFeature,
  columnGroupingFeature,
  createExpandedRowModel,
  createFilteredRowModel,
  createGroupedRowModel,
  createSortedRowModel,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridLayout } from '../../lib/gridLayout.ts';
import type { GridColumn, GridGrouping } from './gridColumn.ts';
import { filterOf } from './gridFilter.ts';

/** What a grid draws from top to bottom. Keys are stable: a row keeps its element while it moves. */
export type GridLine<R> =
  | { readonly kind: 'row'; readonly key: string; readonly row: R }
  | { readonly kind: 'group'; readonly key: string; readonly title: string; readonly rows: readonly R[] };

const features = tableFeatures({
  columnFilteringFeature,
  columnGroupingFeature,
  rowSortingFeature,
  rowExpandingFeature,
  filteredRowModel: createFilteredRowModel(),
  groupedRowModel: createGroupedRowModel(),
  sortedRowModel: createSortedRowModel(),
  expandedRowModel: createExpandedRowModel(),
});

export interface GridLinesRequest<R> {
  readonly rows: readonly R[];
  readonly columns: readonly GridColumn<R>[];
  readonly groupings: readonly GridGrouping<R>[];
  readonly layout: Pick<GridLayout, 'sort' | 'groupBy'>;
  /** What was typed, by column id. */
  readonly filters: Readonly<Record<string, string>>;
  keyOf(row: R): string;
}

/** Filters, groups and sorts. Columns, groupings and `keyOf` must be the same objects from call to call. */
export function useGridLines<R extends object>(request: GridLinesRequest<R>): readonly GridLine<R>[] {
  const { rows, columns, groupings, layout, filters, keyOf } = request;
  const definitions = useMemo(() => definitionsOf(columns, groupings), [columns, groupings]);
  const state = useMemo(
    () => stateOf(columns, groupings, layout, filters),
    [columns, groupings, layout, filters],
  );
  const table = useTable<typeof features, R>({
    features,
    columns: definitions,
    data: rows as R[],
    getRowId: keyOf,
    state,
    autoResetExpanded: false,
  });
  const model = table.getRowModel().rows;
  return useMemo(
    () =>
      model.map(
        (row): GridLine<R> =>
          row.groupingColumnId === undefined
            ? { kind: 'row', key: row.id, row: row.original }
            : {
                kind: 'group',
                key: row.id,
                title: String(row.groupingValue),
                rows: row.getLeafRows().map(({ original }) => original),
              },
      ),
    [model],
  );
}

const GROUP = 'group/';

function definitionsOf<R extends object>(
  columns: readonly GridColumn<R>[],
  groupings: readonly GridGrouping<R>[],
): ColumnDef<typeof features, R>[] {
  const asked = columns
    .filter(({ kind }) => kind !== 'actions')
    .map((column): ColumnDef<typeof features, R> => {
      const { id, kind } = column;
      return {
        id,
        accessorFn: (row) => column.text(row),
        filterFn: (row, _, filter: (text: string) => boolean) => filter(row.getValue<string>(id)),
        sortFn: (a, b) => compare(kind, a.getValue<string>(id), b.getValue<string>(id)),
      };
    });
  const groups = groupings.map(
    ({ id, of }): ColumnDef<typeof features, R> => ({
      id: GROUP + id,
      accessorFn: of,
      sortFn: (a, b) => compareText(String(a.groupingValue ?? ''), String(b.groupingValue ?? '')),
    }),
  );
  return [...asked, ...groups];
}

function stateOf<R>(
  columns: readonly GridColumn<R>[],
  groupings: readonly GridGrouping<R>[],
  { sort, groupBy }: GridLinesRequest<R>['layout'],
  filters: Readonly<Record<string, string>>,
) {
  const columnFilters = columns.flatMap(({ id, kind }) => {
    const value = filterOf(kind, filters[id] ?? '');
    return typeof value === 'function' ? [{ id, value }] : [];
  });
  const known = sort.filter(({ id }) => columns.some((column) => column.id === id));
  const sorting = known.map(({ id, isDescending }) => ({ id, desc: isDescending }));
  const isGrouped = groupings.some(({ id }) => id === groupBy);
  return {
    columnFilters,
    grouping: isGrouped ? [GROUP + groupBy] : [],
    sorting: isGrouped ? [{ id: GROUP + groupBy, desc: false }, ...sorting] : sorting,
    expanded: true as const,
  };
}

function compare(kind: GridColumn<never>['kind'], a: string, b: string): number {
  if (kind !== 'number') return compareText(a, b);
  // What is not known is smaller than anything known.
  if (a === '' || b === '') return compareText(a, b);
  return Number(a) - Number(b);
}

/** By code unit, which is the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
