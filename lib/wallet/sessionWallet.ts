import type { SessionView } from '../../engine/protocol/views/health.ts';
import { wantSandboxWallets } from '../stores/walletStore.ts';
import { connectWallet, type Desk } from './connect.ts';
import { discoverWallets, type Wallet, type WalletProvider } from './discover.ts';
import { SANDBOX_RDNS } from './sandbox/people.ts';
import { WalletError } from './walletError.ts';

/** Extensions answer at once; the sandbox's wallets are code that has to arrive. */
const FOUND_WITHIN_MS = 5_000;
/** What the browser remembers of the wallet that signed in: which one, and for whom. */
const WALLET_KEY = 'ballast.wallet';

let connected: { address: string; provider: WalletProvider } | undefined;

/** The wallet whose person has just signed in: it is the one that signs what they ask for. */
export function rememberWallet({ info, provider }: Wallet, address: string): void {
  connected = { address: address.toLowerCase(), provider };
  localStorage.setItem(
    WALLET_KEY,
    JSON.stringify({ address: connected.address, uuid: info.uuid, rdns: info.rdns }),
  );
}

/**
 * The wallet of who is signed in, on the desk's chain; after a reload it is found again.
 *
 * @fails WalletError wallet.notFound, wallet.otherAddress, or what the wallet said
 */
export async function walletOfSession({ address }: SessionView, desk: Desk): Promise<WalletProvider> {
  const wanted = address.toLowerCase();
  const provider = connected?.address === wanted ? connected.provider : await findAgain(wanted);
  const offered = await connectWallet(provider, desk);
  if (offered.toLowerCase() !== wanted)
    throw new WalletError(
      'wallet.otherAddress',
      `This wallet is ${offered}; you are signed in as ${address}.`,
    );
  connected = { address: wanted, provider };
  return provider;
}

/**
 * The same wallet to read the chain with: nothing is asked of the person, and it is left on the chain it is on.
 *
 * @fails WalletError wallet.notFound
 */
export async function readerOfSession({ address }: SessionView): Promise<WalletProvider> {
  const wanted = address.toLowerCase();
  return connected?.address === wanted ? connected.provider : await findAgain(wanted);
}

function findAgain(address: string): Promise<WalletProvider> {
  const known = remembered();
  wantSandboxWallets();
  return new Promise((resolve, reject) => {
    const stop = discoverWallets(({ info, provider }) => {
      // An extension may take another id with each page; its name stays.
      const isIt = known?.address === address && (info.uuid === known.uuid || isExtension(info, known.rdns));
      if (isIt) end(() => resolve(provider));
    });
    const sentence = 'The wallet you signed in with is not in this browser. Sign out and in with it again.';
    const timer = setTimeout(
      () => end(() => reject(new WalletError('wallet.notFound', sentence))),
      FOUND_WITHIN_MS,
    );
    function end(settle: () => void): void {
      clearTimeout(timer);
      // The first may be announced before this function has returned.
      queueMicrotask(() => stop());
      settle();
    }
  });
}

/** The sandbox's wallets share one name, so each is known by its id alone. */
function isExtension({ rdns }: Wallet['info'], known: string): boolean {
  return rdns === known && rdns !== SANDBOX_RDNS;
}

function remembered(): { address: string; uuid: string; rdns: string } | undefined {
  try {
    return JSON.parse(localStorage.getItem(WALLET_KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
