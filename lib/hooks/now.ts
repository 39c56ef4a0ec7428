import { useCallback, useSyncExternalStore } from 'react';

interface Clock {
  nowMs: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

/** One timer per interval, whatever number of panes shows an age. */
const clocks = new Map<number, Clock>();

/** Wall time, renewed every `intervalMs`; 0 on the server. */
export function useNow(intervalMs: number): number {
  const subscribe = useCallback((listener: () => void) => subscribeClock(intervalMs, listener), [intervalMs]);
  const read = useCallback(() => clockOf(intervalMs).nowMs, [intervalMs]);
  return useSyncExternalStore(subscribe, read, readZero);
}

function clockOf(intervalMs: number): Clock {
  const found = clocks.get(intervalMs);
  if (found !== undefined) return found;
  const clock = { nowMs: Date.now(), listeners: new Set<() => void>(), timer: undefined };
  clocks.set(intervalMs, clock);
  return clock;
}

function subscribeClock(intervalMs: number, listener: () => void): () => void {
  const clock = clockOf(intervalMs);
  // A clock that nobody watched stands still: set it before it is read again.
  if (clock.listeners.size === 0) clock.nowMs = Date.now();
  clock.listeners.add(listener);
  clock.timer ??= setInterval(() => {
    clock.nowMs = Date.now();
    for (const each of clock.listeners) each();
  }, intervalMs);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clock.timer = undefined;
  };
}

function readZero(): number {
  return 0;
}
