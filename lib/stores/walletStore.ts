import { createStore } from 'zustand/vanilla';

/** Whether the sandbox's own wallets are wanted on this page: their code is loaded when somebody connects one. */
export const walletStore = createStore<{ isSandboxWanted: boolean }>()(() => ({ isSandboxWanted: false }));

export function wantSandboxWallets(): void {
  walletStore.setState({ isSandboxWanted: true });
}
