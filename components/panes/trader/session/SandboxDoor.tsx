'use client';

import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useListing } from '../../../../lib/hooks/market.ts';
import { walletStore } from '../../../../lib/stores/walletStore.ts';

// Wallet code is for those who connect one: nothing of it is in the first load.
const SandboxWallets = lazy(async () => ({ default: (await import('./SandboxWallets.tsx')).SandboxWallets }));

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const SANDBOX_CHAIN_ID = 31_337;

/** Where the sandbox's wallets come in once somebody connects one. They stay for the life of the page. */
export function SandboxDoor() {
  const listing = useListing();
  const isWanted = useStore(walletStore, (store) => store.isSandboxWanted);
  if (!isWanted || listing?.isSandbox !== true || listing.chainId !== SANDBOX_CHAIN_ID) return null;
  if (!LOOPBACK.has(location.hostname)) return null;
  return (
    <Suspense>
      <SandboxWallets />
    </Suspense>
  );
}
