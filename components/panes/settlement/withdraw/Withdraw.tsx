'use client';

import { useStore } from 'zustand';
import { transferStore } from '../../../../lib/stores/transferStore.ts';
import { WithdrawDialog } from './WithdrawDialog.tsx';

/** A withdrawal that is about to be asked for. */
export function Withdraw() {
  const open = useStore(transferStore, (store) => store.open);
  return open?.kind === 'withdraw' ? <WithdrawDialog account={open.account} /> : null;
}
