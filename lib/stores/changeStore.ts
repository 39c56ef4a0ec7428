import { createStore } from 'zustand/vanilla';
import type { ChangeDraft } from '../firm/change.ts';

interface ChangeStore {
  /** The change a person looks at before it is asked for; undefined while there is none. */
  draft: ChangeDraft | undefined;
}

export const changeStore = createStore<ChangeStore>()(() => ({ draft: undefined }));

export function openChange(draft: ChangeDraft): void {
  changeStore.setState({ draft });
}

export function closeChange(): void {
  changeStore.setState({ draft: undefined });
}
