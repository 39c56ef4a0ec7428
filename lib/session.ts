import type { MarketsView, SessionView } from '../engine/protocol/views/health.ts';
import type { KeysView, KeyView } from '../engine/protocol/views/keys.ts';
import { forgetAgentKey, keyOwner, loadAgentKey, saveAgentKey } from './agentKey.ts';
import { deleteJson, getToday, RequestError } from './http.ts';
import { listing } from './stores/marketStore.ts';
import { type AgentHandle, sessionStore, setSession } from './stores/sessionStore.ts';

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

/** The key that signs here was given another end: it is kept until then. */
export async function keepAgentUntil(expiresAtMs: number): Promise<void> {
  const { session } = sessionStore.getState();
  const desk = listing.get('listing');
  if (session.state !== 'signedIn' || session.agent === undefined || desk === undefined) return;
  const agent = { ...session.agent, expiresAtMs };
  setSession({ ...session, agent });
  await saveAgentKey(keyOwner(desk, session.session.address), agent);
}

/** A key was revoked: if it is this browser's, it is forgotten here before it signs what will be refused. */
export async function dropEndedKey(): Promise<void> {
  try {
    const { keys } = await getToday<KeysView>('/api/v1/agents');
    const { session } = sessionStore.getState();
    const own = session.state === 'signedIn' ? session.agent?.publicKey : undefined;
    if (own !== undefined && !keys.some(({ publicKey }) => publicKey === own)) await dropAgent();
  } catch (error) {
    // Its next order is refused by that name, and it is forgotten then.
    if (!(error instanceof RequestError)) throw error;
  }
}

/** The desk does not take this key any more: it is forgotten here, and the wallet may approve another. */
export async function dropAgent(): Promise<void> {
  const { session } = sessionStore.getState();
  const desk = listing.get('listing');
  if (session.state !== 'signedIn' || desk === undefined) return;
  setSession({ ...session, agent: undefined });
  await forgetAgentKey(keyOwner(desk, session.session.address));
}

/** A key that the firm was asked for: kept apart until it is let trade, so that the one before goes on signing. */
export async function keepAskedKey(agent: AgentHandle): Promise<void> {
  const owner = ownerOfAsked();
  if (owner !== undefined) await saveAgentKey(owner, agent);
}

/** Signs with the key that was asked for, once it is among those that count. */
export async function adoptAskedKey(keys: readonly Pick<KeyView, 'publicKey' | 'isOwn'>[]): Promise<void> {
  const owner = ownerOfAsked();
  const desk = listing.get('listing');
  if (owner === undefined || desk === undefined) return;
  const agent = await loadAgentKey(owner, Date.now());
  const { session } = sessionStore.getState();
  const isLet = keys.some(({ publicKey, isOwn }) => isOwn && publicKey === agent?.publicKey);
  if (agent === undefined || !isLet || session.state !== 'signedIn') return;
  await saveAgentKey(keyOwner(desk, session.session.address), agent);
  await forgetAgentKey(owner);
  setSession({ ...session, agent });
}

function ownerOfAsked(): string | undefined {
  const { session } = sessionStore.getState();
  const desk = listing.get('listing');
  const isKnown = session.state === 'signedIn' && desk !== undefined;
  return isKnown ? `${keyOwner(desk, session.session.address)}/asked` : undefined;
}
