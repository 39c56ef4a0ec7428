'use client';

import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { transferStore } from '../../../../lib/stores/transferStore.ts';

// What speaks to a chain is for those who send something there.
const TransferDialog = lazy(async () => ({ default: (await import('./TransferDialog.tsx')).TransferDialog }));

/** What is about to be sent to the vault; each opening starts from what was picked. */
export function Transfer() {
  const open = useStore(transferStore, (store) => store.open);
  if (open === undefined || open.kind === 'withdraw') return null;
  return (
    <Suspense>
      <TransferDialog transfer={open} />
    </Suspense>
  );
}
