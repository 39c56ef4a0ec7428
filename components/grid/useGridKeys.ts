import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { markStops, stopAt, stopBelow, stopsOfCell, stopsOfRow } from './gridStops.ts';

interface Place {
  line: number;
  key: string;
  cell: number;
  widget: number;
}

export interface GridKeysRequest {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly lineCount: number;
  readonly pageSize: number;
  scrollTo(line: number): void;
}

export interface GridKeys {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Arrow keys, Home, End and pages over cells and the buttons in them; one stop of the grid for the Tab key.
 *
 * The focus remembers its row by key: when an update takes the focused element away, the same place in the same row
 * has the focus before the frame is drawn.
 */
export function useGridKeys({ table, lineCount, pageSize, scrollTo }: GridKeysRequest): GridKeys {
  const place = useRef<Place>(undefined);
  /** Where to go once the row is drawn. */
  const wanted = useRef<Place>(undefined);
  const focused = useRef<HTMLElement>(undefined);

  useLayoutEffect(() => {
    const grid = table.current;
    if (grid === null) return;
    // A cell takes the focus only once it has its mark.
    const current = (place.current && stopOf(grid, place.current)) ?? firstStop(grid);
    markStops(grid, current);
    if (wanted.current !== undefined) {
      const row = rowAt(grid, wanted.current.line);
      if (row === undefined) return;
      stopAt(row, wanted.current.cell, wanted.current.widget)?.focus();
      wanted.current = undefined;
    } else if (focused.current?.isConnected === false) {
      focused.current = undefined;
      if (document.activeElement === document.body) current?.focus();
    }
  });

  const goTo = (grid: HTMLTableElement, from: HTMLElement, line: number) => {
    const to = Math.max(-1, Math.min(line, lineCount - 1));
    const row = rowAt(grid, to);
    const stop = row && stopBelow(from, row);
    if (stop !== undefined) {
      stop.focus();
      stop.scrollIntoView({ block: 'nearest' });
      return;
    }
    const cell = from.closest<HTMLTableCellElement>('td, th');
    wanted.current = { line: to, key: '', cell: cell?.cellIndex ?? 0, widget: 0 };
    scrollTo(to);
  };

  return {
    onFocus: ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      const row = target.closest('tr');
      const cell = target.closest<HTMLTableCellElement>('td, th');
      if (row === null || cell === null || row.dataset.line === undefined) return;
      focused.current = target;
      place.current = {
        line: Number(row.dataset.line),
        key: row.dataset.key ?? '',
        cell: cell.cellIndex,
        widget: Math.max(0, stopsOfCell(cell).indexOf(target)),
      };
      if (table.current !== null) markStops(table.current, target);
    },
    onBlur: ({ target }) => {
      // Somebody left; an element that an update took away is not connected by then, and its place is kept.
      requestAnimationFrame(() => {
        if (target.isConnected && focused.current === target && document.activeElement !== target)
          focused.current = undefined;
      });
    },
    onKeyDown: (event) => {
      const { target, key, ctrlKey } = event;
      const isOurs = target instanceof HTMLElement && !(target instanceof HTMLInputElement);
      const grid = table.current;
      if (!isOurs || target instanceof HTMLSelectElement || grid === null) return;
      if (event.altKey || event.metaKey || event.defaultPrevented) return;
      const row = target.closest('tr');
      if (row === null || row.dataset.line === undefined) return;
      const line = Number(row.dataset.line);
      const stops = stopsOfRow(row);
      const at = stops.indexOf(target);
      const go = (to: HTMLElement | undefined) => to?.focus();
      if (key === 'ArrowRight') go(stops[at + 1]);
      else if (key === 'ArrowLeft') go(stops[at - 1]);
      else if (key === 'ArrowDown') goTo(grid, target, line + 1);
      else if (key === 'ArrowUp') goTo(grid, target, line - 1);
      else if (key === 'PageDown') goTo(grid, target, line + pageSize);
      else if (key === 'PageUp') goTo(grid, target, Math.max(0, line - pageSize));
      else if (key === 'Home' && ctrlKey) goTo(grid, target, 0);
      else if (key === 'End' && ctrlKey) goTo(grid, target, lineCount - 1);
      else if (key === 'Home') go(stops[0]);
      else if (key === 'End') go(stops.at(-1));
      else return;
      event.preventDefault();
    },
  };
}

/** The head is line −1. */
function rowAt(grid: HTMLTableElement, line: number): HTMLTableRowElement | undefined {
  return grid.querySelector<HTMLTableRowElement>(`tr[data-line="${line}"]`) ?? undefined;
}

function stopOf(grid: HTMLTableElement, place: Place): HTMLElement | undefined {
  const rows = [...grid.querySelectorAll<HTMLTableRowElement>('tr[data-line]')];
  const row = rows.find(({ dataset }) => dataset.key === place.key) ?? rowAt(grid, place.line);
  return row && stopAt(row, place.cell, place.widget);
}

function firstStop(grid: HTMLTableElement): HTMLElement | undefined {
  const row = rowAt(grid, 0) ?? rowAt(grid, -1);
  return row && stopsOfRow(row)[0];
}
