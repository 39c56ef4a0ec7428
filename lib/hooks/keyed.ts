import { useCallback, useSyncExternalStore } from 'react';
import type { KeyedStore } from '../stores/keyedStore.ts';
import { useTicked } from './now.ts';

/** One key of a store: the pane renders again when this value changed, and not before. */
export function useKeyed<K, V>(store: KeyedStore<K, V>, key: K): V | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(key, listener), [store, key]);
  const read = useCallback(() => store.get(key), [store, key]);
  return useSyncExternalStore(subscribe, read, readNothing);
}

/** The server renders no live value: labels at once, numbers when known. */
function readNothing(): undefined {
  return undefined;
}

/** The same, looked at every so often: for what costs more to draw than anybody could follow. */
export function usePaced<K, V>(store: KeyedStore<K, V>, key: K, everyMs: number): V | undefined {
  return useTicked(everyMs, () => store.get(key), undefined);
}
