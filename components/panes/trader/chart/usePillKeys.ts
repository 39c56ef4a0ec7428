import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { ChartHands } from './chartHands.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag, DragEvent } from './drag.ts';

export interface PillKeysOptions {
  box: RefObject<HTMLElement | null>;
  lines: readonly ChartLine[];
  drag: Drag;
  dispatch: (event: DragEvent) => void;
  ticksMax: number;
  onMenu: (ticks: number | undefined) => void;
  hands: ChartHands | undefined;
}

const FAR = 10;

/** Ticks that a key moves a held line by. */
export function nudgeOf(key: string, isShifted: boolean): number | undefined {
  const step = isShifted ? FAR : 1;
  if (key === 'ArrowUp') return step;
  if (key === 'ArrowDown') return -step;
  if (key === 'PageUp') return FAR * FAR;
  if (key === 'PageDown') return -FAR * FAR;
  return undefined;
}

/** Lines that have something to press, the highest price first. */
export function reachable(lines: readonly ChartLine[], hasHands: boolean): ChartLine[] {
  return lines
    .filter(({ canMove, subject }) => hasHands && (canMove || subject.is === 'entry'))
    .sort((a, b) => b.priceTicks - a.priceTicks || (a.key < b.key ? -1 : 1));
}

/** Where a key leads from a line; undefined when it leads nowhere. */
export function neighbourOf(lines: readonly ChartLine[], current: string, key: string): string | undefined {
  const at = lines.findIndex((line) => line.key === current);
  const to =
    key === 'ArrowUp'
      ? at - 1
      : key === 'ArrowDown'
        ? at + 1
        : key === 'Home'
          ? 0
          : key === 'End'
            ? lines.length - 1
            : undefined;
  return to === undefined ? undefined : lines[Math.min(lines.length - 1, Math.max(0, to))]?.key;
}

/** One Tab stop for all pills: arrows lead from line to line, Enter takes one in the hand. */
export function usePillKeys(options: PillKeysOptions) {
  const { box, lines, drag, dispatch, ticksMax, onMenu, hands } = options;
  const [current, setCurrent] = useState<string>();
  const inOrder = reachable(lines, hands !== undefined);
  const currentKey = inOrder.some(({ key }) => key === current) ? current : inOrder[0]?.key;
  useKeptFocus(box, inOrder);

  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || currentKey === undefined) return;
    const line = inOrder.find((each) => each.key === currentKey);
    if (line === undefined || !(event.target instanceof HTMLElement)) return;
    if (!act(key, event.shiftKey, line, event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const act = (key: string, isShifted: boolean, line: ChartLine, target: HTMLElement): boolean => {
    if (drag.tag === 'carried') {
      const byTicks = nudgeOf(key, isShifted);
      if (byTicks !== undefined) dispatch({ type: 'nudged', byTicks, ticksMax });
      else if (key === 'Enter' || key === ' ') dispatch({ type: 'dropped' });
      else return false;
      return true;
    }
    const next = neighbourOf(inOrder, line.key, key);
    const isOnGrip = target.hasAttribute('aria-pressed');
    if (key === 'ContextMenu' || (key === 'F10' && isShifted)) onMenu(Math.round(line.priceTicks));
    else if (next !== undefined) focusLine(box.current, next);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') focusBeside(target, key === 'ArrowRight' ? 1 : -1);
    else if ((key === 'Enter' || key === ' ') && isOnGrip) dispatch({ type: 'pickedUp', line, by: 'keys' });
    else if ((key === 'Delete' || key === 'Backspace') && line.canMove) hands?.remove(line);
    else return false;
    return true;
  };
  return { currentKey, setCurrent, onKeyDown };
}

/** A line that ends under the focus hands it to its neighbour: a data update never sends it to the page's start. */
function useKeptFocus(box: RefObject<HTMLElement | null>, inOrder: readonly ChartLine[]): void {
  const before = useRef<{ keys: readonly string[]; focused: string | undefined }>({
    keys: [],
    focused: undefined,
  });
  useLayoutEffect(() => {
    const keys = inOrder.map(({ key }) => key);
    const { keys: old, focused } = before.current;
    if (focused !== undefined && !keys.includes(focused) && document.activeElement === document.body) {
      const next = keys[Math.min(old.indexOf(focused), keys.length - 1)];
      if (next !== undefined) focusLine(box.current, next);
    }
    const active = document.activeElement;
    const pill =
      active !== null && box.current?.contains(active) === true ? active.closest('[data-line]') : null;
    before.current = { keys, focused: pill?.getAttribute('data-line') ?? undefined };
  });
}

function focusLine(box: HTMLElement | null, key: string): void {
  box?.querySelector<HTMLElement>(`[data-line="${key}"] button`)?.focus();
}

function focusBeside(target: HTMLElement, by: 1 | -1): void {
  const buttons = [...(target.closest('[data-line]')?.querySelectorAll<HTMLElement>('button') ?? [])];
  buttons[buttons.indexOf(target) + by]?.focus();
}
