import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { cellId } from './LadderGrid.tsx';

export interface CellPlace {
  row: number;
  column: number;
}

const COLUMN_LAST = 4;

/** Where a key takes the active cell; undefined when the key is not the ladder's. */
export function nextCell(key: string, { row, column }: CellPlace, rows: number): CellPlace | undefined {
  if (key === 'ArrowUp') return { row: Math.max(0, row - 1), column };
  if (key === 'ArrowDown') return { row: Math.min(rows - 1, row + 1), column };
  if (key === 'ArrowLeft') return { row, column: Math.max(0, column - 1) };
  if (key === 'ArrowRight') return { row, column: Math.min(COLUMN_LAST, column + 1) };
  if (key === 'Home') return { row: 0, column };
  if (key === 'End') return { row: rows - 1, column };
  return undefined;
}

export interface LadderKeys {
  id: string;
  grid: RefObject<HTMLElement | null>;
  rows: number;
  onMove: (place: CellPlace) => void;
  onPick: (place: CellPlace) => void;
  onCentre: () => void;
  onScroll: (byRows: number) => void;
}

/** One Tab stop for the whole ladder; the active cell is marked, not focused, so that no update can lose it. */
export function useLadderKeys({ id, grid, rows, onMove, onPick, onCentre, onScroll }: LadderKeys) {
  const [active, setActive] = useState<CellPlace>();
  const activeId = active === undefined ? undefined : cellId(id, active.row, active.column);
  useEffect(() => {
    const cell = activeId === undefined ? null : document.getElementById(activeId);
    cell?.setAttribute('data-active', '');
    return () => cell?.removeAttribute('data-active');
  }, [activeId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = { row: Math.floor(rows / 2), column: 2 };
    const next = nextCell(event.key, active ?? middle, rows);
    if (next !== undefined) {
      setActive(next);
      onMove(next);
    } else if (event.key === 'PageUp') onScroll(rows - 1);
    else if (event.key === 'PageDown') onScroll(1 - rows);
    else if (event.key === 'Enter' && active !== undefined) onPick(active);
    else if (event.key === 'c' || event.key === 'C') onCentre();
    else if (event.key === 'Escape') setActive(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = () => setActive(undefined);
  return { activeId, onKeyDown, onBlur, placeOf: (target: EventTarget) => placeOf(target, grid.current) };
}

/** The cell under a click. */
function placeOf(target: EventTarget, grid: HTMLElement | null): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  const row = cell?.parentElement?.dataset.row;
  if (grid === null || row === undefined || cell?.dataset.column === undefined) return undefined;
  return { row: Number(row), column: Number(cell.dataset.column) };
}
