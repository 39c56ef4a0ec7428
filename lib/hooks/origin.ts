import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Where this page comes from, as a program elsewhere has to write it; empty until the page runs. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
}
