import type { SessionView } from '../../engine/protocol/views/health.ts';
import {
  type ApproveAgentWire,
  approveAgentSummary,
  approveAgentTypes,
  type SignInWire,
} from '../../engine/protocol/wire/session.ts';
import { createAgentKey, keyOwner, saveAgentKey } from '../agentKey.ts';
import { getJson, postJson } from '../http.ts';
import { nextNonce } from '../signing.ts';
import { type AgentHandle, type SignInStep, setSession } from '../stores/sessionStore.ts';
import { callWallet, connectWallet, type Desk } from './connect.ts';
import type { Wallet, WalletProvider } from './discover.ts';
import { domainFields } from './domainFields.ts';
import { rememberWallet, walletOfSession } from './sessionWallet.ts';
import { WalletError } from './walletError.ts';

/** What a key may do besides what its member may, and for how long. */
export interface KeyTerms {
  scope: ApproveAgentWire['scope'];
  lifeMs: number;
}

/** One working day: a key left behind in a browser is worth nothing tomorrow. */
const signInTerms: KeyTerms = {
  scope: { markets: [], notionalPerHourUsd: 0, addresses: [] },
  lifeMs: 12 * 60 * 60 * 1_000,
};
const SIGN_IN_LIFE_MS = 5 * 60 * 1_000;

/**
 * Wallet → session → agent key, telling the session store each step.
 *
 * @fails WalletError or RequestError; the person is signed out, or signed in without a key when the
 *   session was open already and only the key was refused
 */
export async function signIn(wallet: Wallet, desk: Desk): Promise<void> {
  const at = (step: SignInStep) => setSession({ state: 'signingIn', step, walletName: wallet.info.name });
  let opened: SessionView | undefined;
  try {
    at('wallet');
    const address = await connectWallet(wallet.provider, desk);
    rememberWallet(wallet, address);
    at('message');
    const proof = await signMessage(wallet.provider, desk, address);
    at('session');
    await postJson<SessionView>('/api/v1/session', proof);
    // A browser may throw a Secure cookie away on plain http; the desk then says so instead of asking again.
    const session = await getJson<SessionView>('/api/v1/session/probe');
    if (!session.accounts.some((account) => account.mayTrade)) {
      setSession({ state: 'signedIn', session, agent: undefined });
      return;
    }
    at('agentKey');
    opened = session;
    setSession({ state: 'signedIn', session, agent: await approveAgent(wallet.provider, desk, session, at) });
  } catch (error) {
    setSession(
      opened === undefined
        ? { state: 'signedOut' }
        : { state: 'signedIn', session: opened, agent: undefined },
    );
    throw error;
  }
}

/** For a session whose key was lost, ran out or was refused: the wallet approves a new one. */
export async function renewAgent(wallet: Wallet, desk: Desk, session: SessionView): Promise<void> {
  const address = await connectWallet(wallet.provider, desk);
  if (address.toLowerCase() !== session.address.toLowerCase()) {
    throw new WalletError(
      'wallet.otherAddress',
      `This wallet is ${address}; you are signed in as ${session.address}.`,
    );
  }
  rememberWallet(wallet, address);
  setSession({
    state: 'signedIn',
    session,
    agent: await approveAgent(wallet.provider, desk, session, () => {}),
  });
}

/**
 * A new key for this browser under terms of one's own; the one before is left to run out.
 *
 * @fails WalletError or RequestError; the key before stays in use
 */
export async function makeKey(desk: Desk, session: SessionView, terms: KeyTerms): Promise<void> {
  const provider = await walletOfSession(session, desk);
  const agent = await approveAgent(provider, desk, session, () => {}, terms);
  setSession({ state: 'signedIn', session, agent });
}

/** EIP-4361, for this host, this chain, a nonce the desk gave, and five minutes. */
async function signMessage(provider: WalletProvider, desk: Desk, address: string): Promise<SignInWire> {
  const [{ createSiweMessage }, { getAddress }, { nonce }] = await Promise.all([
    import('viem/siwe'),
    import('viem/utils'),
    postJson<{ nonce: string }>('/api/v1/session/nonce', {}),
  ]);
  const now = Date.now();
  const message = createSiweMessage({
    address: getAddress(address),
    chainId: desk.chainId,
    domain: location.host,
    uri: location.origin,
    version: '1',
    statement: 'Sign in to Ballast. This signature moves nothing.',
    nonce,
    issuedAt: new Date(now),
    expirationTime: new Date(now + SIGN_IN_LIFE_MS),
  });
  const signature = (await callWallet(provider, 'personal_sign', utf8Hex(message), address)) as string;
  return { message, signature };
}

async function approveAgent(
  provider: WalletProvider,
  desk: Desk,
  session: SessionView,
  at: (step: SignInStep) => void,
  { scope, lifeMs }: KeyTerms = signInTerms,
): Promise<AgentHandle> {
  const expiresAtMs = Date.now() + lifeMs;
  const agent = await createAgentKey(expiresAtMs);
  const request = {
    member: session.address,
    scheme: agent.scheme,
    publicKey: agent.publicKey,
    accounts: session.accounts.filter((each) => each.mayTrade).map((each) => each.account),
    expiresAtMs,
    nonce: nextNonce(Date.now()),
    scope,
  };
  at('approval');
  const typedData = JSON.stringify(approvalTypedData(desk, request));
  const signature = (await callWallet(
    provider,
    'eth_signTypedData_v4',
    session.address,
    typedData,
  )) as string;
  await postJson('/api/v1/agents', { ...request, signature } satisfies ApproveAgentWire);
  await saveAgentKey(keyOwner(desk, session.address), agent);
  return agent;
}

/** The desk rebuilds this from the request alone and refuses any other text. */
export function approvalTypedData(desk: Desk, request: Omit<ApproveAgentWire, 'signature'>) {
  return {
    domain: { name: 'Ballast', version: '1', chainId: desk.chainId, verifyingContract: desk.vault },
    primaryType: 'ApproveAgent',
    types: {
      EIP712Domain: domainFields,
      ...approveAgentTypes,
    },
    message: {
      member: request.member.toLowerCase(),
      scheme: request.scheme,
      publicKey: `0x${request.publicKey}`,
      accounts: request.accounts,
      expiresAtMs: String(request.expiresAtMs),
      markets: request.scope.markets,
      notionalPerHourUsd: String(request.scope.notionalPerHourUsd),
      addresses: request.scope.addresses,
      nonce: String(request.nonce),
      summary: approveAgentSummary(request),
    },
  };
}

function utf8Hex(text: string): string {
  return `0x${Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
