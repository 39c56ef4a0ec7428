'use client';

import { useStore } from 'zustand';
import { changeStore, closeChange } from '../../../../lib/stores/changeStore.ts';
import { ChangeDialog } from './ChangeDialog.tsx';

/** What is about to be asked for: dragged, or chosen from a menu. Each opening starts from what was picked. */
export function Change() {
  const draft = useStore(changeStore, (store) => store.draft);
  return draft === undefined ? null : <ChangeDialog first={draft} onClose={closeChange} />;
}
