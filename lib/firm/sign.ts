import type { TypedData } from '../../engine/protocol/typed/typedData.ts';
import type { SessionView } from '../../engine/protocol/views/health.ts';
import { callWallet, type Desk } from '../wallet/connect.ts';
import { domainFields } from '../wallet/domainFields.ts';
import { walletOfSession } from '../wallet/sessionWallet.ts';

/** Who signs, for which desk. */
export interface Signatory {
  session: SessionView;
  desk: Desk;
  /** Told before each wait, for the person in front of it. */
  at(step: SigningStep): void;
}

/** What signing waits for: the desk's draft, the person's wallet, the engine. */
export type SigningStep = 'draft' | 'wallet' | 'engine';

/**
 * Has the wallet of who is signed in sign typed data.
 *
 * @fails WalletError
 */
export async function signTypedData({ session, desk, at }: Signatory, typedData: TypedData): Promise<string> {
  at('wallet');
  const provider = await walletOfSession(session, desk);
  const text = JSON.stringify({ ...typedData, types: { EIP712Domain: domainFields, ...typedData.types } });
  return (await callWallet(provider, 'eth_signTypedData_v4', session.address, text)) as string;
}
