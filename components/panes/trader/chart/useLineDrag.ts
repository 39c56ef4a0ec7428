import { useCallback, useEffect, useRef, useState } from 'react';
import { holdOrder } from '../../../../lib/stores/heldOrderStore.ts';
import { orderInHand } from './chartHands.ts';
import type { ChartLine } from './chartLines.ts';
import { type Drag, type DragEvent, hasEnded, nextDrag, noDrag } from './drag.ts';

export interface DragPorts {
  lines: readonly ChartLine[];
  formatTicks: (ticks: number) => string;
  /** @returns whether the change was made: not refused, and not left in its review */
  move: (line: ChartLine, toTicks: number) => Promise<boolean>;
  /** While it is held: a line of the ticket writes itself into it. */
  follow: (line: ChartLine, toTicks: number) => void;
  /** Its thing ended in the hand. */
  onEnded: (words: string) => void;
}

export interface LineDrag {
  drag: Drag;
  /** For screen readers: what just happened to the line in the hand. */
  words: string;
  dispatch: (event: DragEvent) => void;
}

/** How long a line waits at its new price for the account's own word. */
const SHOWN_MS_MAX = 2_000;

/** One line in one hand. Data goes on arriving meanwhile; only the end of the thing itself takes it away. */
export function useLineDrag(ports: DragPorts): LineDrag {
  const [drag, setDrag] = useState<Drag>(noDrag);
  const [words, setWords] = useState('');
  const now = useRef<Drag>(noDrag);
  const held = useRef<ChartLine>(undefined);
  const latest = useRef(ports);
  useEffect(() => {
    latest.current = ports;
  }, [ports]);

  const dispatch = useCallback((event: DragEvent) => {
    const before = now.current;
    const after = nextDrag(before, event);
    if (after === before) return;
    now.current = after;
    setDrag(after);
    if (event.type === 'pickedUp') held.current = event.line;
    const line = held.current;
    if (line === undefined) return;
    const { subject } = line;
    holdOrder(after.tag === 'carried' ? orderInHand(subject)?.orderId : undefined);
    const { formatTicks, follow, move } = latest.current;
    setWords(wordsOf(line, before, after, event, formatTicks));
    if (after.tag === 'carried' && event.type !== 'pickedUp') follow(line, after.toTicks);
    if (event.type === 'putBack' && before.tag === 'carried') follow(line, before.fromTicks);
    if (after.tag === 'asked' && before.tag === 'carried') {
      // An answer speaks of its own drag only: by then the hand may hold another line.
      const settle = (of: Drag, isDone: boolean) => {
        if (now.current === of) dispatch({ type: 'settled', isDone, lines: latest.current.lines });
      };
      void move(line, after.toTicks).then((isDone) => {
        settle(after, isDone);
        const done = now.current;
        // What filled or moved on since never stands there: the line goes back to what the account says.
        if (isDone && done.tag === 'asked') setTimeout(() => settle(done, false), SHOWN_MS_MAX);
      });
    }
  }, []);

  const { lines } = ports;
  useEffect(() => {
    if (hasEnded(now.current, lines) && held.current !== undefined)
      latest.current.onEnded(endedWords(held.current));
    dispatch({ type: 'linesChanged', lines });
  }, [lines, dispatch]);
  useEscape(drag.tag === 'carried', dispatch);
  useEffect(() => () => holdOrder(undefined), []);
  return { drag, words, dispatch };
}

/** Escape, and a window that goes away, put the line back before anything else hears of it. */
function useEscape(isCarried: boolean, dispatch: (event: DragEvent) => void): void {
  useEffect(() => {
    if (!isCarried) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      dispatch({ type: 'putBack' });
    };
    const onBlur = () => dispatch({ type: 'putBack' });
    addEventListener('keydown', onKeyDown, { capture: true });
    addEventListener('blur', onBlur);
    return () => {
      removeEventListener('keydown', onKeyDown, { capture: true });
      removeEventListener('blur', onBlur);
    };
  }, [isCarried, dispatch]);
}

function endedWords(line: ChartLine): string {
  return `${line.name} ended while it was held. Nothing was changed.`;
}

function wordsOf(
  line: ChartLine,
  before: Drag,
  after: Drag,
  event: DragEvent,
  formatTicks: (ticks: number) => string,
): string {
  if (event.type === 'pickedUp')
    return `${line.name} at ${formatTicks(line.priceTicks)} is held. Up and Down move it by a tick, with Shift by ten. Enter drops it, Escape puts it back.`;
  if (after.tag === 'carried') return formatTicks(after.toTicks);
  if (after.tag === 'asked')
    return `${line.name} dropped at ${formatTicks(after.toTicks)}, from ${formatTicks(after.fromTicks)}.`;
  if (event.type === 'linesChanged') return before.tag === 'carried' ? endedWords(line) : '';
  if (before.tag === 'carried') return `${line.name} stays at ${formatTicks(before.fromTicks)}.`;
  return '';
}
