import type { MarketsView, SessionView } from '../engine/protocol/views/health.ts';
import { forgetAgentKey, keyOwner, loadAgentKey } from './agentKey.ts';
import { deleteJson, getToday, RequestError } from './http.ts';
import { listing } from './stores/marketStore.ts';
import { sessionStore, setSession } from './stores/sessionStore.ts';

/**
 * Who this browser is, after a reload: the cookie says who, the browser's store holds the key.
 *
 * @param desk whose key; without one none is loaded, and nothing can be signed
 */
export async function restoreSession(desk?: MarketsView): Promise<void> {
  try {
    const session = await getToday<SessionView>('/api/v1/session');
    const agent = desk && (await loadAgentKey(keyOwner(desk, session.address), Date.now()));
    setSession({ state: 'signedIn', session, agent });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    setSession({ state: 'signedOut' });
  }
}

/** What the person may see and trade, asked again: a pot was opened. The key that signs stays. */
export async function refreshSession(): Promise<void> {
  const before = sessionStore.getState().session;
  if (before.state !== 'signedIn') return;
  setSession({ ...before, session: await getToday<SessionView>('/api/v1/session') });
}

/** Ends the session at the desk first: a page that only forgets would stay signed in for whoever has the cookie. */
export async function signOut(): Promise<void> {
  await deleteJson('/api/v1/session');
  setSession({ state: 'signedOut' });
}

/** The desk does not take this key any more: it is forgotten here, and the wallet may approve another. */
export async function dropAgent(): Promise<void> {
  const { session } = sessionStore.getState();
  const desk = listing.get('listing');
  if (session.state !== 'signedIn' || desk === undefined) return;
  setSession({ ...session, agent: undefined });
  await forgetAgentKey(keyOwner(desk, session.session.address));
}
