import { useCallback, useSyncExternalStore } from 'react';
import { shownMs } from '../past/pastStore.ts';
import { onNextFrame } from '../stores/frame.ts';

interface Clock {
  nowMs: number;
  strike: () => void;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** As often as a person can follow what is read and not traded on; ages, prices and pictures keep this one rhythm. */
export const PACE_MS = 250;

/** One timer per interval, whatever number of panes shows an age. */
const clocks = new Map<number, Clock>();

/** Wall time, renewed every `intervalMs`; 0 on the server. On a page of the past it stands still at that moment. */
export function useNow(intervalMs: number): number {
  const subscribe = useCallback((listener: () => void) => subscribeClock(intervalMs, listener), [intervalMs]);
  const read = useCallback(() => clockOf(intervalMs).nowMs, [intervalMs]);
  return useSyncExternalStore(subscribe, read, readZero);
}

/**
 * Something that time changes, looked at every `intervalMs`: rendered again when it reads differently, and not at each
 * tick. `read` gets wall time.
 */
export function useTicked<T>(intervalMs: number, read: (nowMs: number) => T, onServer: T): T {
  const subscribe = useCallback((listener: () => void) => subscribeClock(intervalMs, listener), [intervalMs]);
  return useSyncExternalStore(
    subscribe,
    () => read(clockOf(intervalMs).nowMs),
    () => onServer,
  );
}

function clockOf(intervalMs: number): Clock {
  const found = clocks.get(intervalMs);
  if (found !== undefined) return found;
  const clock: Clock = {
    nowMs: shownMs(),
    strike() {
      clock.nowMs = shownMs();
      for (const each of clock.listeners) each();
    },
    listeners: new Set(),
    timer: undefined,
  };
  clocks.set(intervalMs, clock);
  return clock;
}

/**
 * Tells at each whole multiple of the interval: clocks that strike together are one frame and one render.
 *
 * @returns stops telling
 */
export function subscribeClock(intervalMs: number, listener: (nowMs: number) => void): () => void {
  const clock = clockOf(intervalMs);
  const tell = () => listener(clock.nowMs);
  // A clock that nobody watched stands still: set it before it is read again.
  if (clock.listeners.size === 0) clock.nowMs = shownMs();
  clock.listeners.add(tell);
  clock.timer ??= nextStrike(clock, intervalMs);
  return () => {
    clock.listeners.delete(tell);
    if (clock.listeners.size > 0) return;
    clearTimeout(clock.timer);
    clock.timer = undefined;
  };
}

function nextStrike(clock: Clock, intervalMs: number): ReturnType<typeof setTimeout> {
  return setTimeout(
    () => {
      clock.timer = nextStrike(clock, intervalMs);
      onNextFrame(clock.strike);
    },
    intervalMs - (Date.now() % intervalMs),
  );
}

function readZero(): number {
  return 0;
}
