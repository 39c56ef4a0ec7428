import { type HashTypedDataParameters, hashMessage, hashTypedData } from 'viem';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import { recoverSigner } from './recoverSigner.ts';

/** Address that signed a plain message the way wallets do (EIP-191). */
export function signerOfMessage(message: string, signature: string): Promise<string | undefined> {
  return recoverSigner(hashMessage(message), signature as `0x${string}`);
}

/** Address that signed this typed data (EIP-712). Integers may be decimal text, as in the JSON that wallets take. */
export function signerOfTypedData(typedData: TypedData, signature: string): Promise<string | undefined> {
  // The types of viem ask for bigint where its code takes whatever BigInt() takes.
  const digest = hashTypedData(typedData as unknown as HashTypedDataParameters);
  return recoverSigner(digest, signature as `0x${string}`);
}
