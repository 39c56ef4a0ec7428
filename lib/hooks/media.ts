import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds; not on the server, where no window is narrow. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  const read = useCallback(() => matchMedia(query).matches, [query]);
  return useSyncExternalStore(subscribe, read, readNo);
}

function readNo(): boolean {
  return false;
}
