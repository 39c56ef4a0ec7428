import { type HashTypedDataParameters, hashMessage, hashTypedData } from 'viem';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { BlockName } from '../../settlement/chain/savedState.ts';
import type { ContractVerdict } from '../../settlement/wallets/contractSignature.ts';
import { CallError } from '../threads/pendingCalls.ts';
import type { SignaturesClient } from '../threads/signaturesClient.ts';

/** How a signature was found to be a wallet's: by its key, or by what the contract said at a block. */
export type WalletFinding =
  | { readonly scheme: 'eip712' }
  | { readonly scheme: 'eip1271'; readonly block: BlockName };

export interface WalletSignaturesPorts {
  readonly keys: Pick<SignaturesClient, 'signerOfMessage' | 'signerOfTypedData'>;
  readonly chain: {
    /**
     * What a contract at the address says at a final block; undefined where the desk runs without a chain.
     *
     * @fails CallError chain.unavailable, engine.busy
     */
    askContract(
      wallet: string,
      digest: string,
      signature: string,
    ): Promise<{ verdict: ContractVerdict; block: BlockName } | undefined>;
  };
}

/**
 * Whose signature it is, for wallets that are keys and wallets that are contracts. A key's is checked here alone; only what
 * is not the key's is put to the chain, so that a chain that is away keeps nobody out who has a key.
 */
export class WalletSignatures {
  readonly #ports: WalletSignaturesPorts;

  constructor(ports: WalletSignaturesPorts) {
    this.#ports = ports;
  }

  /** @fails CallError signature.invalid, signature.notBinding, chain.unavailable, engine.busy */
  async ofTypedData(wallet: string, typedData: TypedData, signature: string): Promise<WalletFinding> {
    if ((await this.#ports.keys.signerOfTypedData(typedData, signature)) === wallet)
      return { scheme: 'eip712' };
    return await this.#ofContract(wallet, typedDataDigest(typedData), signature);
  }

  /** @fails CallError signature.invalid, signature.notBinding, chain.unavailable, engine.busy */
  async ofMessage(wallet: string, message: string, signature: string): Promise<WalletFinding> {
    if ((await this.#ports.keys.signerOfMessage(message, signature)) === wallet) return { scheme: 'eip712' };
    return await this.#ofContract(wallet, hashMessage(message), signature);
  }

  async #ofContract(wallet: string, digest: string, signature: string): Promise<WalletFinding> {
    const asked = await this.#ports.chain.askContract(wallet, digest, signature);
    if (asked?.verdict === 'valid') return { scheme: 'eip1271', block: asked.block };
    if (asked?.verdict === 'notBinding') throw new CallError('signature.notBinding');
    if (asked?.verdict === 'refused')
      throw new CallError('signature.invalid', `The contract refused it at block ${asked.block.number}.`);
    throw new CallError('signature.invalid');
  }
}

/** What a wallet signs of typed data: 32 bytes. Integers may be decimal text, as in the JSON that wallets take. */
export function typedDataDigest(typedData: TypedData): `0x${string}` {
  // The types of viem ask for bigint where its code takes whatever BigInt() takes.
  return hashTypedData(typedData as unknown as HashTypedDataParameters);
}
