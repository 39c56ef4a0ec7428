import { useEffect } from 'react';
import type { MarketsView } from '../../engine/protocol/views/health.ts';
import { connect, watch } from '../../lib/connection.ts';
import { useSelectedAccount, useSession } from '../../lib/hooks/account.ts';
import { getJson, RequestError } from '../../lib/http.ts';
import { restoreSession } from '../../lib/session.ts';
import { setListing } from '../../lib/stores/marketStore.ts';

const AGAIN_MS = 1_000;

/** Brings the page to life: the listing, who we are, the stream, the account. Once per page. */
export function useDesk(): void {
  const session = useSession();
  const account = useSelectedAccount()?.account;
  useEffect(() => {
    const life = new AbortController();
    void openDesk(life.signal);
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
      return await restoreSession(view);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
    }
    // The desk is starting or gone; the status line says so meanwhile.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
