import { useStore } from 'zustand';
import { type Draft, draftStore, type PreviewState } from '../stores/draftStore.ts';

export function useDraft(): Draft {
  return useStore(draftStore, (store) => store.draft);
}

/** What the follower said the draft would do: the ticket's numbers and the gauge's dashed ground. */
export function usePreview(): PreviewState {
  return useStore(draftStore, (store) => store.preview);
}
