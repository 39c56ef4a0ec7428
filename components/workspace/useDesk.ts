import { useEffect } from 'react';
import type { MarketsView } from '../../engine/protocol/views/health.ts';
import { connect, watch } from '../../lib/connection.ts';
import { useSelectedAccount, useSession } from '../../lib/hooks/account.ts';
import { getJson, RequestError } from '../../lib/http.ts';
import { isPast } from '../../lib/past/asOf.ts';
import { openPast } from '../../lib/past/openPast.ts';
import { measurePage } from '../../lib/perf.ts';
import { restoreSession } from '../../lib/session.ts';
import { listing, setListing } from '../../lib/stores/marketStore.ts';

const AGAIN_MS = 1_000;
/** Contracts are listed and settled by the hour. */
const LISTING_EVERY_MS = 10_000;

/** Brings the page to life: the listing, who we are, the stream, the account. Once per page. */
export function useDesk(): void {
  const session = useSession();
  const account = useSelectedAccount()?.account;
  useEffect(() => {
    const life = new AbortController();
    measurePage();
    void (isPast ? openPast(life.signal) : openDesk(life.signal));
    return () => life.abort();
  }, []);

  // The socket speaks for whoever the cookie named when it opened.
  const who = session.state === 'signedIn' ? session.session.address : '';
  const isKnown = session.state !== 'unknown';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person is another socket.
  useEffect(() => {
    if (isKnown) connect();
  }, [who, isKnown]);

  useEffect(() => (account === undefined ? undefined : watch({ kind: 'account', key: account })), [account]);
}

async function openDesk(life: AbortSignal): Promise<void> {
  while (!life.aborted) {
    try {
      const view = await getJson<MarketsView>('/api/v1/markets');
      if (life.aborted) return;
      setListing(view);
      await restoreSession(view);
      return await followListing(life);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
    }
    // The desk is starting or gone; the status line says so meanwhile.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** New contracts appear and settled ones go; the same list again wakes nobody. */
async function followListing(life: AbortSignal): Promise<void> {
  while (!life.aborted) {
    await new Promise((resolve) => setTimeout(resolve, LISTING_EVERY_MS));
    try {
      const view = await getJson<MarketsView>('/api/v1/markets');
      const known = listing.latest('listing');
      if (!life.aborted && JSON.stringify(known?.markets) !== JSON.stringify(view.markets)) setListing(view);
    } catch (error) {
      // The desk is gone for a moment: what was listed stays.
      if (!(error instanceof RequestError)) throw error;
    }
  }
}
