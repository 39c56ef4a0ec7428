import { callWallet } from '../wallet/connect.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { errorOf } from '../wallet/walletError.ts';
import { type SignedStep, TransactionRefusal, type TransactionStep, tryTransaction } from './transactions.ts';

/** The person's own no, or a wallet that shows them something else: another way would only ask again. */
const ANSWERED: readonly string[] = ['wallet.rejected', 'wallet.busy'];

/**
 * Has the wallet sign what goes into a transaction. What it moves is tried before the wallet opens, the whole of it after.
 *
 * @returns undefined where the wallet cannot sign that, or the chain does not take what it signed: then it goes `instead`
 * @fails TransactionRefusal where it would not pass whoever signs; WalletError when the person said no
 */
export async function signStep(
  provider: WalletProvider,
  from: string,
  { name, effects, to, signature }: SignedStep,
  tellSigning: () => void,
): Promise<TransactionStep | undefined> {
  await tryTransaction(provider, from, signature.trial);
  tellSigning();
  const signed = await signatureOf(provider, from, signature.typedData);
  const data = signed === undefined ? undefined : signature.dataOf(signed);
  if (data === undefined) return undefined;
  const step = { name, effects, to, data };
  try {
    await tryTransaction(provider, from, step);
    return step;
  } catch (error) {
    if (error instanceof TransactionRefusal && error.isOfAllowance) return undefined;
    throw error;
  }
}

async function signatureOf(
  provider: WalletProvider,
  from: string,
  typedData: object,
): Promise<string | undefined> {
  try {
    return (await callWallet(provider, 'eth_signTypedData_v4', from, JSON.stringify(typedData))) as string;
  } catch (error) {
    if (ANSWERED.includes(errorOf(error).code)) throw error;
    return undefined;
  }
}
