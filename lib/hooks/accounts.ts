import { useStore } from 'zustand';
import type { AccountView } from '../../engine/protocol/views/account.ts';
import type { AccountsView } from '../../engine/protocol/views/accounts.ts';
import type { Freshness } from '../freshness.ts';
import { accountsStore, type RiskScope } from '../stores/accountsStore.ts';
import { useSelectedAccount } from './account.ts';
import { useNow } from './now.ts';

const AGE_INTERVAL_MS = 500;
/** Asked every second, so that two missed answers are old news. */
const STALE_MS = 3_500;
const none: readonly AccountView[] = [];

/** All accounts the person may see, at one sequence. */
export function useAccounts(): AccountsView | undefined {
  return useStore(accountsStore, ({ view }) => view);
}

export function useScope(): RiskScope {
  return useStore(accountsStore, ({ scope }) => scope);
}

/** What the risk panes speak of: the selected account, or all of them; empty until known. */
export function useScopedAccounts(): readonly AccountView[] {
  const accounts = useAccounts()?.accounts ?? none;
  const selected = useSelectedAccount()?.account;
  return useScope() === 'firm' ? accounts : accounts.filter(({ account }) => account === selected);
}

export function useAccountsFreshness(): Freshness {
  const receivedMs = useStore(accountsStore, (store) => store.receivedMs);
  const error = useStore(accountsStore, (store) => store.error);
  const nowMs = useNow(AGE_INTERVAL_MS);
  if (receivedMs === 0) return { face: 'unknown' };
  const ageMs = Math.max(0, nowMs - receivedMs);
  if (ageMs < STALE_MS) return { face: 'fresh', ageMs };
  return { face: 'stale', ageMs, reason: error?.message ?? 'The desk is slow to answer.' };
}
