/** EIP-1193: how a page talks to a wallet. */
export interface WalletProvider {
  request(call: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

/** EIP-6963: how a wallet says that it is there. */
export interface Wallet {
  info: { uuid: string; name: string; icon: string; rdns: string };
  provider: WalletProvider;
}

/**
 * Finds the wallets of this browser, extensions and the sandbox's own alike. Each is told once.
 *
 * @returns stops listening
 */
export function discoverWallets(found: (wallet: Wallet) => void): () => void {
  const known = new Set<string>();
  const announced = (event: Event) => {
    const { detail } = event as CustomEvent<Wallet>;
    if (known.has(detail.info.uuid)) return;
    known.add(detail.info.uuid);
    found(detail);
  };
  window.addEventListener('eip6963:announceProvider', announced);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  return () => window.removeEventListener('eip6963:announceProvider', announced);
}
