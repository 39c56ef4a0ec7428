import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { SettlementView } from '../../engine/protocol/views/settlement.ts';
import type { Freshness } from '../freshness.ts';
import { followSettlement } from '../settlement/followSettlement.ts';
import { forgetSettlement, settlementStore } from '../stores/settlementStore.ts';
import { useSession } from './account.ts';
import { useNow } from './now.ts';

const AGE_INTERVAL_MS = 500;
const EVERY_MS = 1_000;
/** Asked every second, so that several missed answers are old news. */
const STALE_MS = 5_000;

/** Follows settlement for who is signed in while a page is open that shows it. Once per page. */
export function useFollowSettlement(): void {
  const session = useSession();
  const who = session.state === 'signedIn' ? session.session.address : undefined;
  useEffect(() => {
    if (who === undefined) return;
    const life = new AbortController();
    void followSettlement(life.signal, EVERY_MS);
    return () => {
      life.abort();
      forgetSettlement();
    };
  }, [who]);
}

export function useSettlement(): SettlementView | undefined {
  return useStore(settlementStore, ({ view }) => view);
}

/** Why nothing at all is known, as a sentence: undefined once something is. */
export function useSettlementRefusal(): string | undefined {
  return useStore(settlementStore, ({ view, error }) =>
    view === undefined && error !== undefined ? refusalWords(error.code, error.message) : undefined,
  );
}

function refusalWords(code: string, message: string): string {
  return code === 'request.unknownRoute' ? 'This desk does not tell of a vault.' : message;
}

export function useSettlementFreshness(): Freshness {
  const receivedMs = useStore(settlementStore, (store) => store.receivedMs);
  const error = useStore(settlementStore, (store) => store.error);
  const nowMs = useNow(AGE_INTERVAL_MS);
  if (receivedMs === 0) return { face: 'unknown' };
  const ageMs = Math.max(0, nowMs - receivedMs);
  if (ageMs < STALE_MS) return { face: 'fresh', ageMs };
  return { face: 'stale', ageMs, reason: error?.message ?? 'The desk is slow to answer.' };
}
