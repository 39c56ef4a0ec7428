import { createStore } from 'zustand/vanilla';
import type { SessionView } from '../../engine/protocol/views/health.ts';
import { askedAccount } from '../pageQuery.ts';

/** The key that signs this browser's orders, once the wallet let it. */
export interface AgentHandle {
  scheme: 'ed25519' | 'p256';
  /** Raw public key, lower case hex. */
  publicKey: string;
  privateKey: CryptoKey;
  expiresAtMs: number;
}

/** What sign-in is waiting for, in the order it happens. */
export type SignInStep = 'wallet' | 'message' | 'session' | 'agentKey' | 'approval';

export type SessionState =
  | { state: 'unknown' }
  | { state: 'signedOut' }
  | { state: 'signingIn'; step: SignInStep; walletName: string }
  /** Without an agent key the account is visible and orders cannot be signed. */
  | { state: 'signedIn'; session: SessionView; agent: AgentHandle | undefined };

interface SessionStore {
  session: SessionState;
  /** The account every pane shows; kept per browser. */
  account: number | undefined;
}

export const sessionStore = createStore<SessionStore>()(() => ({
  session: { state: 'unknown' },
  account: undefined,
}));

const ACCOUNT_KEY = 'ballast.account';

/**
 * Who this page is for from here on. Its account is the one the address asks for, else the one that is open, else the
 * one that was last chosen in this browser, else the first of theirs.
 */
export function setSession(session: SessionState): void {
  if (session.state !== 'signedIn') {
    sessionStore.setState({ session, account: undefined });
    return;
  }
  const { accounts } = session.session;
  const asked = typeof location === 'undefined' ? undefined : askedAccount(location.search);
  const wanted = [asked, sessionStore.getState().account, localStorage.getItem(ACCOUNT_KEY)];
  const chosen = wanted.map((each) => accountOf(session, each)).find((each) => each !== undefined);
  sessionStore.setState({ session, account: chosen ?? accounts[0]?.account });
}

/** The account of this number, when it is among theirs. */
export function accountOf(session: SessionState, number: number | string | null | undefined) {
  if (session.state !== 'signedIn') return undefined;
  return session.session.accounts.find(({ account }) => String(account) === String(number))?.account;
}

export function selectAccount(account: number): void {
  localStorage.setItem(ACCOUNT_KEY, String(account));
  sessionStore.setState({ account });
}
