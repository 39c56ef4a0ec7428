import { useMemo, useState } from 'react';
import { type GridLayout, useGridLayout } from '../../lib/gridLayout.ts';
import {
  fittingColumns,
  type GridColumn,
  type GridGrouping,
  sortAfterPress,
  visibleColumns,
} from './gridColumn.ts';
import { type GridBelonging, isOutOfOrder, type StillLine, stillLines } from './gridStill.ts';
import { linesUnder } from './gridUnder.ts';
import { useGridLines } from './useGridLines.ts';

/** `underOf` and `isDraft` must be the same functions from call to call. */
export interface GridRequest<R> extends GridBelonging<R> {
  /** Under which the layout is kept. */
  readonly id: string;
  /** Names the grid for screen readers and its file. */
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly GridColumn<R>[];
  readonly groupings?: readonly GridGrouping<R>[];
  readonly defaults: GridLayout;
  /** What the rows are an answer to: those of another question are not kept where they were. */
  readonly question?: string;
  keyOf(row: R): string;
}

/** A grid as its head, its body and its tools see it. */
export interface GridModel<R> {
  readonly request: GridRequest<R>;
  readonly layout: GridLayout;
  readonly visible: readonly GridColumn<R>[];
  /** What is drawn, in the order it is drawn. */
  readonly lines: readonly StillLine<R>[];
  /** Rows that pass the filters, in the order they are drawn. */
  readonly rows: readonly R[];
  readonly filters: Readonly<Record<string, string>>;
  readonly isFiltering: boolean;
  readonly collapsed: ReadonlySet<string>;
  /** The pointer or the focus keeps rows where they are, and letting go will move some. */
  readonly isWaiting: boolean;
  changeLayout(change: Partial<GridLayout>): void;
  press(column: GridColumn<R>, isAdding: boolean): void;
  filter(id: string, text: string): void;
  showFilters(isShown: boolean): void;
  toggleGroup(key: string): void;
  hold(isHeld: boolean): void;
  /** Says how wide the grid is, so that columns can give way. */
  fit(roomPx: number): void;
}

const noGroupings: readonly never[] = [];
const noFilters: Readonly<Record<string, string>> = {};

/** Rows filtered, grouped and sorted as this person wants them, and still while somebody points at them. */
export function useGrid<R extends object>(request: GridRequest<R>): GridModel<R> {
  const { id, rows, columns, groupings = noGroupings, defaults, question, keyOf, underOf, isDraft } = request;
  const [layout, changeLayout] = useGridLayout(id, defaults);
  const [filters, setFilters] = useState(noFilters);
  const [isFiltering, setFiltering] = useState(false);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [isHeld, hold] = useState(false);
  const [roomPx, fit] = useState(Number.POSITIVE_INFINITY);
  const asked = useMemo(
    () => ({ layout, filters, collapsed, question }),
    [layout, filters, collapsed, question],
  );
  const all = useGridLines({ rows, columns, groupings, layout, filters, keyOf });
  const placed = useMemo(() => (underOf === undefined ? all : linesUnder(all, underOf)), [all, underOf]);
  const sorted = useMemo(() => withoutCollapsed(placed, collapsed), [placed, collapsed]);
  const lines = useStillLines(sorted, asked, isHeld, request);
  return {
    request,
    layout,
    visible: useMemo(
      () => fittingColumns(visibleColumns(columns, layout), roomPx),
      [columns, layout, roomPx],
    ),
    lines,
    rows: useMemo(
      () =>
        lines.flatMap((line) =>
          line.kind === 'row' && !line.isGone && isDraft?.(line.row) !== true ? [line.row] : [],
        ),
      [lines, isDraft],
    ),
    filters,
    isFiltering,
    collapsed,
    isWaiting: isHeld && isOutOfOrder(lines, sorted),
    changeLayout,
    press: (column, isAdding) => changeLayout({ sort: sortAfterPress(layout.sort, column, isAdding) }),
    filter: (column, text) => setFilters({ ...filters, [column]: text }),
    showFilters: (isShown) => {
      setFiltering(isShown);
      // A filter that nobody sees would hide rows for no reason one could find.
      if (!isShown) setFilters(noFilters);
    },
    toggleGroup: (key) => setCollapsed(toggled(collapsed, key)),
    hold,
    fit,
  };
}

/** Remembers the lines as they were drawn. What the person asks for, a sort or a filter, moves rows at once. */
function useStillLines<R>(
  lines: ReturnType<typeof useGridLines<R & object>>,
  asked: object,
  isHeld: boolean,
  belonging: GridBelonging<R>,
): readonly StillLine<R>[] {
  const [drawn, setDrawn] = useState<{
    from: unknown;
    asked: object;
    isHeld: boolean;
    lines: readonly StillLine<R>[];
  }>({ from: undefined, asked, isHeld, lines: [] });
  if (drawn.from === lines && drawn.asked === asked && drawn.isHeld === isHeld) return drawn.lines;
  const next = stillLines<R>(drawn.lines, lines, isHeld && drawn.asked === asked, belonging);
  setDrawn({ from: lines, asked, isHeld, lines: next });
  return next;
}

function withoutCollapsed<L extends { kind: string; key: string }>(
  lines: readonly L[],
  collapsed: ReadonlySet<string>,
): readonly L[] {
  if (collapsed.size === 0) return lines;
  let isHidden = false;
  return lines.filter((line) => {
    if (line.kind !== 'group') return !isHidden;
    isHidden = collapsed.has(line.key);
    return true;
  });
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
