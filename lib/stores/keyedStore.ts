import { onNextFrame } from './frame.ts';

/** Values by key, each with listeners of its own: a tick in one market wakes nobody who watches another. */
export interface KeyedStore<K, V> {
  /** What the page shows now. Changes only at a frame, together with its listeners being told. */
  get(key: K): V | undefined;
  /** What was written last, shown or not: the base of a change that builds on the one before. */
  latest(key: K): V | undefined;
  set(key: K, value: V): void;
  /** The same at once, for what a hand has just done: it is seen in the frame of the click. */
  setNow(key: K, value: V): void;
  delete(key: K): void;
  subscribe(key: K, listener: () => void): () => void;
}

/** @param schedule when to publish; tests pass their own */
export function createKeyedStore<K, V>(
  schedule: (flush: () => void) => void = onNextFrame,
): KeyedStore<K, V> {
  const shown = new Map<K, V>();
  const written = new Map<K, V | undefined>();
  const listeners = new Map<K, Set<() => void>>();

  function flush(): void {
    const keys = [...written.keys()];
    for (const [key, value] of written) {
      if (value === undefined) shown.delete(key);
      else shown.set(key, value);
    }
    written.clear();
    for (const key of keys) tell(key);
  }

  function tell(key: K): void {
    for (const listener of listeners.get(key) ?? []) listener();
  }

  function write(key: K, value: V | undefined): void {
    written.set(key, value);
    schedule(flush);
  }

  return {
    get: (key) => shown.get(key),
    latest: (key) => (written.has(key) ? written.get(key) : shown.get(key)),
    set: write,
    setNow(key, value) {
      written.delete(key);
      shown.set(key, value);
      tell(key);
    },
    delete: (key) => write(key, undefined),
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set);
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(key);
      };
    },
  };
}
