import { useSyncExternalStore } from 'react';

/**
 * Whether the page already hears what is done on it. The server draws pages before their code has arrived: what is
 * typed into a field until then would be shown and never read, so such a field says no instead.
 */
export function useListening(): boolean {
  return useSyncExternalStore(subscribe, readYes, readNo);
}

function subscribe(): () => void {
  return () => undefined;
}

function readYes(): boolean {
  return true;
}

function readNo(): boolean {
  return false;
}
