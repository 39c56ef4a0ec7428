import { createStore } from 'zustand/vanilla';
import type { SessionView } from '../../engine/protocol/views/health.ts';

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

export function setSession(session: SessionState): void {
  sessionStore.setState({ session });
  if (session.state !== 'signedIn') {
    sessionStore.setState({ account: undefined });
    return;
  }
  const { accounts } = session.session;
  const kept = Number(localStorage.getItem(ACCOUNT_KEY) ?? Number.NaN);
  const chosen = accounts.find((summary) => summary.account === kept) ?? accounts[0];
  sessionStore.setState({ account: chosen?.account });
}

export function selectAccount(account: number): void {
  localStorage.setItem(ACCOUNT_KEY, String(account));
  sessionStore.setState({ account });
}
