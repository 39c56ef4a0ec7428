import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useAction } from '../../../ui/useAction.ts';
import { cellId } from './LadderGrid.tsx';
import { columns, type PressButton } from './press.ts';

export interface CellPlace {
  row: number;
  column: number;
}

/** Where a key takes the active cell; undefined when the key does not move it. */
export function nextCell(key: string, { row, column }: CellPlace, rows: number): CellPlace | undefined {
  if (key === 'ArrowUp') return { row: Math.max(0, row - 1), column };
  if (key === 'ArrowDown') return { row: Math.min(rows - 1, row + 1), column };
  if (key === 'ArrowLeft') return { row, column: Math.max(0, column - 1) };
  if (key === 'ArrowRight') return { row, column: Math.min(columns.length - 1, column + 1) };
  if (key === 'Home') return { row: 0, column };
  if (key === 'End') return { row: rows - 1, column };
  return undefined;
}

export interface LadderKeys {
  id: string;
  grid: RefObject<HTMLElement | null>;
  rows: number;
  /** The active cell is another one. */
  onMove: (place: CellPlace) => void;
  onPress: (place: CellPlace, button: PressButton) => void;
  /** Picks up what is ours there, or puts down what is carried. */
  onCarry: (place: CellPlace) => void;
  /** Watches the price there, or no longer. */
  onWatch: (place: CellPlace) => void;
  onCentre: () => void;
  onScroll: (byRows: number) => void;
  onStep: (by: 1 | -1) => void;
  /** @returns whether there was something to stop */
  onStop: () => boolean;
}

/** One Tab stop for the whole ladder; the active cell is marked, not focused, so that no update can lose it. */
export function useLadderKeys(keys: LadderKeys) {
  const { id, grid, rows, onMove, onPress, onScroll } = keys;
  const [active, setActive] = useState<CellPlace>();
  const activeId = active === undefined ? undefined : cellId(id, active.row, active.column);
  useEffect(() => {
    const cell = activeId === undefined ? null : document.getElementById(activeId);
    cell?.setAttribute('data-active', '');
    return () => cell?.removeAttribute('data-active');
  }, [activeId]);
  const isActive = active !== undefined;
  useAction('ladder.focus', () => grid.current?.parentElement?.focus());
  useAction('ladder.centre', keys.onCentre);
  useAction('ladder.coarser', () => keys.onStep(1));
  useAction('ladder.finer', () => keys.onStep(-1));
  useAction('ladder.carry', () => isActive && keys.onCarry(active), isActive);
  useAction('ladder.watch', () => isActive && keys.onWatch(active), isActive);

  const move = (place: CellPlace) => {
    setActive(place);
    onMove(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const next = nextCell(key, active ?? { row: Math.floor(rows / 2), column: 2 }, rows);
    if (next !== undefined) move(next);
    else if (key === 'PageUp') onScroll(rows - 1);
    else if (key === 'PageDown') onScroll(1 - rows);
    else if (key === 'Enter' && isActive) onPress(active, event.shiftKey ? 'second' : 'first');
    else if (key === 'Delete' && isActive) onPress(active, 'middle');
    // Escape stops one thing after the other: what is carried here, then whatever the page has armed.
    else if (key !== 'Escape' || !keys.onStop()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    activeId,
    onKeyDown,
    /** The cell a pointer pressed is where the keys go on from. */
    activate: setActive,
    /** With the focus comes a cell, so that every key has something to act on. */
    onFocus: ({ currentTarget }: FocusEvent) => {
      const isByKey = currentTarget.matches(':focus-visible');
      if (!isActive && isByKey && rows > 0) move({ row: Math.floor(rows / 2), column: 2 });
    },
    onBlur: () => setActive(undefined),
  };
}
