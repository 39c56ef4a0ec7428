import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { PastMomentView } from '../../engine/protocol/views/past.ts';
import { isPast } from './asOf.ts';

interface PastStore {
  /** Undefined until the desk has made it. */
  moment: PastMomentView | undefined;
  /** Why it cannot be shown. */
  error: ErrorView | undefined;
}

/** Where a page of the past stands. */
export const pastStore = createStore<PastStore>()(() => ({ moment: undefined, error: undefined }));

/** The time of what is shown: now, or the moment of the past, where it stands still; 0 until that is known. */
export function shownMs(): number {
  return isPast ? (pastStore.getState().moment?.timeMs ?? 0) : Date.now();
}
