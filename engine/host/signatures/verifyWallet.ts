import { hashMessage, hashTypedData } from 'viem';
import type { AgentTypedData } from '../../api/native/agentApproval.ts';
import { recoverSigner } from './recoverSigner.ts';

/** Address that signed a plain message the way wallets do (EIP-191). */
export function signerOfMessage(message: string, signature: string): Promise<string | undefined> {
  return recoverSigner(hashMessage(message), signature as `0x${string}`);
}

/** Address that signed this typed data (EIP-712). */
export function signerOfTypedData(typedData: AgentTypedData, signature: string): Promise<string | undefined> {
  const { domain, types, primaryType, message } = typedData;
  const digest = hashTypedData({
    domain: { ...domain, verifyingContract: domain.verifyingContract as `0x${string}` },
    types,
    primaryType,
    message: {
      ...message,
      member: message.member as `0x${string}`,
      publicKey: message.publicKey as `0x${string}`,
      expiresAtMs: BigInt(message.expiresAtMs),
      nonce: BigInt(message.nonce),
    },
  });
  return recoverSigner(digest, signature as `0x${string}`);
}
