import { type Hex, hashMessage, hashTypedData, type LocalAccount } from 'viem';
import { privateKeyToAccount, toAccount } from 'viem/accounts';
import { type SafeAt, safeSignature } from './safeMessage.ts';

/** What signs in and signs decisions: a key as an MPC service has it, or a Safe whose owners' keys are here. */
export type CustodyWallet = LocalAccount;

/** @param safe undefined where the first key is the wallet itself */
export function custodyWallet(keys: readonly Hex[], safe: SafeAt | undefined): CustodyWallet {
  const owners = keys.map((key) => privateKeyToAccount(key));
  if (safe === undefined) return owners[0]!;
  const signed = (digest: Hex) => safeSignature(safe, digest, owners);
  return toAccount({
    address: safe.address,
    signMessage: ({ message }) => signed(hashMessage(message)),
    signTypedData: (typedData) => signed(hashTypedData(typedData as never)),
    signTransaction: () => Promise.reject(new Error('A co-signer sends no transactions.')),
  });
}
