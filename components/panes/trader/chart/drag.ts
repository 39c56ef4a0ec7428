import type { ChartLine } from './chartLines.ts';

/** A line in somebody's hand. It says where it came from for as long as it is held. */
export interface Carried {
  key: string;
  by: 'pointer' | 'keys';
  fromTicks: number;
  toTicks: number;
}

export type Drag =
  | { tag: 'none' }
  | ({ tag: 'carried' } & Carried)
  /** Let go at a new price; nobody has answered yet, or the answer has not reached the line. */
  | { tag: 'asked'; key: string; fromTicks: number; toTicks: number; isDone: boolean };

export type DragEvent =
  | { type: 'pickedUp'; line: ChartLine; by: Carried['by'] }
  | { type: 'movedTo'; ticks: number }
  | { type: 'nudged'; byTicks: number; ticksMax: number }
  | { type: 'dropped' }
  | { type: 'putBack' }
  /** The change was made, or else refused or not wanted after all. */
  | { type: 'settled'; isDone: boolean; lines: readonly ChartLine[] }
  /** What is on the chart now: the thing in the hand may be gone, or stand elsewhere. */
  | { type: 'linesChanged'; lines: readonly ChartLine[] };

export const noDrag: Drag = { tag: 'none' };

/**
 * What becomes of a line in the hand. Data never ends a drag: only its owner does, or the end of the thing itself.
 *
 * | state   | ends with                                                         |
 * |---------|-------------------------------------------------------------------|
 * | carried | dropped elsewhere → asked; dropped at home, put back, gone → none  |
 * | asked   | refused, left, gone → none; done, and its line stands there → none |
 */
export function nextDrag(drag: Drag, event: DragEvent): Drag {
  switch (event.type) {
    case 'pickedUp': {
      const { line, by } = event;
      if (!line.canMove || drag.tag === 'carried') return drag;
      return { tag: 'carried', key: line.key, by, fromTicks: line.priceTicks, toTicks: line.priceTicks };
    }
    case 'movedTo':
      return drag.tag === 'carried' && drag.toTicks !== event.ticks
        ? { ...drag, toTicks: event.ticks }
        : drag;
    case 'nudged': {
      if (drag.tag !== 'carried') return drag;
      const toTicks = Math.min(event.ticksMax, Math.max(1, drag.toTicks + event.byTicks));
      return { ...drag, toTicks };
    }
    case 'dropped': {
      if (drag.tag !== 'carried') return drag;
      const { key, fromTicks, toTicks } = drag;
      return toTicks === fromTicks ? noDrag : { tag: 'asked', key, fromTicks, toTicks, isDone: false };
    }
    case 'putBack':
      return drag.tag === 'carried' ? noDrag : drag;
    case 'settled':
      if (drag.tag !== 'asked') return drag;
      return event.isDone ? arrived({ ...drag, isDone: true }, event.lines) : noDrag;
    case 'linesChanged':
      if (drag.tag === 'none') return drag;
      return isMovable(event.lines, drag.key) ? arrived(drag, event.lines) : noDrag;
  }
}

/** An answer is faster than the account's stream: until the line itself stands there, it is drawn there. */
function arrived(drag: Drag, lines: readonly ChartLine[]): Drag {
  if (drag.tag !== 'asked' || !drag.isDone) return drag;
  return lines.some((line) => line.key === drag.key && line.priceTicks === drag.toTicks) ? noDrag : drag;
}

/** Whether the thing in the hand has ended under it: filled, cancelled, removed, or not to be moved any more. */
export function hasEnded(drag: Drag, lines: readonly ChartLine[]): boolean {
  return drag.tag === 'carried' && !isMovable(lines, drag.key);
}

function isMovable(lines: readonly ChartLine[], key: string): boolean {
  return lines.some((line) => line.key === key && line.canMove);
}

/** Lines as they are drawn: the one in the hand at its new price, and its old place dotted. */
export function drawnLines(lines: readonly ChartLine[], drag: Drag, axisText: (ticks: number) => string) {
  const held = drag.tag === 'none' ? undefined : lines.find((line) => line.key === drag.key);
  if (drag.tag === 'none' || held === undefined) return { lines, oldPlace: undefined };
  const moved = {
    ...held,
    priceTicks: drag.toTicks,
    axisText: axisText(drag.toTicks),
    dash: 'dashed' as const,
  };
  const oldPlace = {
    priceTicks: drag.fromTicks,
    tone: 'plain' as const,
    dash: 'dotted' as const,
    axisText: undefined,
  };
  return { lines: lines.map((line) => (line === held ? moved : line)), oldPlace };
}
