import { ChainError } from '../settlement/chain/chainError.ts';
import { callRpc } from '../settlement/chain/jsonRpc.ts';
import { type BlockName, readFinalBlock } from '../settlement/chain/savedState.ts';
import type { VaultChain } from '../settlement/vault/vaultChain.ts';

const BOUNDS = { timeoutMs: 3_000, answerBytesMax: 64 * 1_024 * 1_024 };

/** The chain as this process reads it itself, past the desk: over the node's own address. */
export class SignerChain implements VaultChain {
  readonly chainId: number;
  /** Undefined while the node is away; it has another address in each of its lives. */
  url: string | undefined;
  readonly #dir: string;

  /** @param dir where the embedded chain keeps what is final */
  constructor(chainId: number, dir: string) {
    this.chainId = chainId;
    this.#dir = dir;
  }

  async call(method: string, params: readonly unknown[], timeoutMs = BOUNDS.timeoutMs): Promise<unknown> {
    if (this.url === undefined) throw new ChainError('The chain is not there.');
    return await callRpc(this.url, method, params, { ...BOUNDS, timeoutMs });
  }

  /**
   * The last block that is in the chain's synced save, and that the node still has.
   *
   * @fails ChainError where there is none, or the node has another one in its place
   */
  async settledHead(): Promise<BlockName> {
    const final = await readFinalBlock(this.#dir);
    const found = (await this.call('eth_getBlockByHash', [final.hash, false])) as { hash: string } | null;
    if (found === null) throw new ChainError(`The chain does not have its final block ${final.number}.`);
    return final;
  }
}
