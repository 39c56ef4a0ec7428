import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type { WalletProvider } from './discover.ts';
import { WalletError, walletErrorOf } from './walletError.ts';

/** What a signature is good for: this chain and this vault. */
export type Desk = Pick<MarketsView, 'chainId' | 'vault'>;

/**
 * Asks a wallet for its address and puts it on the desk's chain.
 *
 * @returns the address as the wallet writes it
 * @fails WalletError
 */
export async function connectWallet(provider: WalletProvider, desk: Desk): Promise<string> {
  const addresses = (await callWallet(provider, 'eth_requestAccounts')) as string[];
  const [address] = addresses;
  if (address === undefined) throw new WalletError('wallet.noAccount', 'The wallet offers no account.');
  await switchChain(provider, desk);
  return address;
}

/** A wallet signs typed data only for the chain it is on. */
async function switchChain(provider: WalletProvider, { chainId }: Desk): Promise<void> {
  const wanted = `0x${chainId.toString(16)}`;
  if ((await callWallet(provider, 'eth_chainId')) === wanted) return;
  try {
    await callWallet(provider, 'wallet_switchEthereumChain', { chainId: wanted });
  } catch (error) {
    const { message } = walletErrorOf(error);
    throw new WalletError(
      'wallet.otherChain',
      `This desk is on chain ${chainId}, your wallet is not. ${message}`,
    );
  }
}

/** @fails WalletError with a sentence for the person in front of it */
export async function callWallet(
  provider: WalletProvider,
  method: string,
  ...params: unknown[]
): Promise<unknown> {
  try {
    return await provider.request({ method, params });
  } catch (error) {
    throw walletErrorOf(error);
  }
}
