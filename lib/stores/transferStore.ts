import { createStore } from 'zustand/vanilla';
import type { VaultDepositView, VaultWithdrawalView } from '../../engine/protocol/views/settlement.ts';

/** What a person is about to do with the vault; one at a time. */
export type Transfer =
  | { kind: 'deposit'; account: number | undefined }
  | { kind: 'withdraw'; account: number | undefined }
  | { kind: 'claim'; withdrawal: VaultWithdrawalView }
  | { kind: 'reclaim'; deposit: VaultDepositView }
  | { kind: 'whitelist'; account: number | undefined }
  | { kind: 'force'; account: number | undefined }
  | { kind: 'freeze'; reason: { is: 'silence' } | { is: 'demand'; sub: string } }
  | { kind: 'escape'; account: number | undefined }
  | { kind: 'collect'; account: number | undefined };

/** What is sent to the vault; a withdrawal is asked of the firm. */
export type VaultTransfer = Exclude<Transfer, { kind: 'withdraw' }>;

export const transferStore = createStore<{ open: Transfer | undefined }>()(() => ({ open: undefined }));

export function openTransfer(open: Transfer): void {
  transferStore.setState({ open });
}

export function closeTransfer(): void {
  transferStore.setState({ open: undefined });
}
