import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { FirmView, ProposalsView } from '../../engine/protocol/views/firm.ts';
import { followFirm } from '../firm/followFirm.ts';
import type { Freshness } from '../freshness.ts';
import { firmStore, forgetFirm } from '../stores/firmStore.ts';
import { useSession } from './account.ts';
import { useNow } from './now.ts';

const AGE_INTERVAL_MS = 500;
/** Asked every second, so that two missed answers are old news. */
const STALE_MS = 3_500;

/** Follows the firm of who is signed in while a page is open that shows it. Once per page. */
export function useFollowFirm(): void {
  const session = useSession();
  const who = session.state === 'signedIn' ? session.session.address : undefined;
  useEffect(() => {
    if (who === undefined) return;
    const life = new AbortController();
    void followFirm(life.signal);
    return () => {
      life.abort();
      forgetFirm();
    };
  }, [who]);
}

/** Tree, people and rules; the same object until something of them changed. */
export function useFirm(): FirmView | undefined {
  return useStore(firmStore, ({ firm }) => firm);
}

/** What waits for agreement, as of the last second. */
export function useProposals(): ProposalsView | undefined {
  return useStore(firmStore, ({ proposals }) => proposals);
}

export function useFirmFreshness(): Freshness {
  const receivedMs = useStore(firmStore, (store) => store.receivedMs);
  const error = useStore(firmStore, (store) => store.error);
  const nowMs = useNow(AGE_INTERVAL_MS);
  if (receivedMs === 0) return { face: 'unknown' };
  const ageMs = Math.max(0, nowMs - receivedMs);
  if (ageMs < STALE_MS) return { face: 'fresh', ageMs };
  return { face: 'stale', ageMs, reason: error?.message ?? 'The desk is slow to answer.' };
}

/** Why nothing is known of a firm at all, as a sentence: who asks is nobody's member. */
export function useFirmRefusal(): string | undefined {
  return useStore(firmStore, ({ firm, error }) => (firm === undefined ? error?.message : undefined));
}
