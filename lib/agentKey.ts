import { hexOf } from './signing.ts';
import type { AgentHandle } from './stores/sessionStore.ts';

const DATABASE = 'ballast';
const STORE = 'agentKeys';

/**
 * A fresh key pair whose private half no script can read, ours included. Ed25519 where the browser has
 * it, else P-256.
 */
export async function createAgentKey(expiresAtMs: number): Promise<AgentHandle> {
  try {
    const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign'])) as CryptoKeyPair;
    return await handleOf('ed25519', pair, expiresAtMs);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return handleOf('p256', await crypto.subtle.generateKey(algorithm, false, ['sign']), expiresAtMs);
  }
}

async function handleOf(
  scheme: AgentHandle['scheme'],
  pair: CryptoKeyPair,
  expiresAtMs: number,
): Promise<AgentHandle> {
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { scheme, publicKey: hexOf(raw), privateKey: pair.privateKey, expiresAtMs };
}

/** Keeps the handle, not the key: the browser stores a key that cannot be exported. */
export async function saveAgentKey(owner: string, handle: AgentHandle): Promise<void> {
  await inStore('readwrite', (store) => store.put(handle, owner));
}

/** The key approved by this wallet on this desk, unless it has run out. */
export async function loadAgentKey(owner: string, nowMs: number): Promise<AgentHandle | undefined> {
  const handle = await inStore<AgentHandle | undefined>('readonly', (store) => store.get(owner));
  return handle !== undefined && handle.expiresAtMs > nowMs ? handle : undefined;
}

export async function forgetAgentKey(owner: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(owner));
}

/** One key a wallet, chain and vault: a new desk on the same address must not offer the old one's key. */
export function keyOwner(desk: { chainId: number; vault: string }, address: string): string {
  return `${desk.chainId}/${desk.vault}/${address.toLowerCase()}`;
}

async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = (await resultOf(opening)) as IDBDatabase;
  try {
    return (await resultOf(run(database.transaction(STORE, mode).objectStore(STORE)))) as T;
  } finally {
    database.close();
  }
}

function resultOf(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
