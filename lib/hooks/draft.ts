import { useStore } from 'zustand';
import { type Draft, draftStore, type Most, type PreviewState } from '../stores/draftStore.ts';

export function useDraft(): Draft {
  return useStore(draftStore, (store) => store.draft);
}

/** The draft while it is one for this market. */
export function useDraftFor(instrument: number): Draft | undefined {
  return useStore(draftStore, (store) => (store.instrument === instrument ? store.draft : undefined));
}

/** What the follower said the draft would do: the ticket's numbers and the gauge's dashed ground. */
export function usePreview(): PreviewState {
  return useStore(draftStore, (store) => store.preview);
}

/** The largest size that passes for the terms in the ticket, and which terms; undefined while it is being asked. */
export function useMost(): Most | undefined {
  return useStore(draftStore, (store) => store.most);
}
