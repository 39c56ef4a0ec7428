import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { AnswerTooLong } from '../chain/chainError.ts';
import { ChainRefusal } from '../chain/jsonRpc.ts';
import type { BlockName } from '../chain/savedState.ts';
import { revertOf, shortened } from './sender.ts';
import { type AssetPlan, weiPerUnit } from './terms.ts';
import { tokenAbi } from './vaultAbi.ts';
import type { VaultChain } from './vaultChain.ts';
import type { VaultDeposit } from './vaultEvents.ts';

/** A balance that a token does not tell. */
export interface UnreadBalance {
  /** When that was first seen in this life of the desk, by the chain's clock. */
  readonly sinceMs: number;
  readonly sentence: string;
}

/** Ample for any balance, milliseconds for a token that goes round in circles. */
const GAS_MAX = 2_000_000;

/**
 * What a vault holds, by its tokens' own books. A token is somebody else's program: one that does not answer is told by its
 * name and costs nobody but those who hold it anything.
 */
export class VaultBalances {
  readonly #chain: Pick<VaultChain, 'call'>;
  readonly #vault: Hex;
  readonly #tokens: readonly Hex[];
  readonly #assets: readonly AssetPlan[];
  readonly #unread: (UnreadBalance | undefined)[];

  /** @param tokens of the assets, by number */
  constructor(
    chain: Pick<VaultChain, 'call'>,
    { vault, tokens }: { readonly vault: Hex; readonly tokens: readonly Hex[] },
    assets: readonly AssetPlan[],
  ) {
    this.#chain = chain;
    this.#vault = vault;
    this.#tokens = tokens;
    this.#assets = assets;
    this.#unread = assets.map(() => undefined);
  }

  /** By asset number, at the last look; undefined where the balance was told. */
  get unread(): readonly (UnreadBalance | undefined)[] {
    return this.#unread;
  }

  /**
   * Reads them all.
   *
   * @param block one that the node has told other things of, so that what it refuses is the token's doing
   * @param timeMs of that block
   * @returns units by asset number, rounded down; undefined where a token does not tell
   * @fails ChainError when the chain does not answer
   */
  async look(block: BlockName, timeMs: number): Promise<(bigint | undefined)[]> {
    const read = await Promise.all(this.#assets.map((_, asset) => this.#read(asset, block.hash)));
    for (const [asset, found] of read.entries())
      this.#unread[asset] = typeof found === 'bigint' ? undefined : this.#unreadOf(asset, found, timeMs);
    return read.map((found) => (typeof found === 'bigint' ? found : undefined));
  }

  /**
   * A deposit counts where its token tells the vault's balance now, or told it in the deposit's own block, where the vault
   * itself has read it.
   *
   * @returns false where it has to wait
   * @fails ChainError when the chain does not answer
   */
  async confirms({ asset, blockHash }: VaultDeposit, block: BlockName): Promise<boolean> {
    const isTold = async (hash: string) => typeof (await this.#read(asset, hash)) === 'bigint';
    return (await isTold(block.hash)) || (await isTold(blockHash));
  }

  /** Since when stays what it was: why may change. */
  #unreadOf(asset: number, why: string, timeMs: number): UnreadBalance {
    const sinceMs = this.#unread[asset]?.sinceMs ?? timeMs;
    const since = new Date(sinceMs).toISOString();
    const { name } = this.#assets[asset]!;
    return { sinceMs, sentence: `The balance of ${name} cannot be read since ${since}: ${why}` };
  }

  /** @returns units, or why there are none. @fails ChainError */
  async #read(asset: number, blockHash: string): Promise<bigint | string> {
    const what = 'its token';
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [this.#vault] });
    const question = { to: this.#tokens[asset], data, gas: `0x${GAS_MAX.toString(16)}` };
    let answer: unknown;
    try {
      answer = await this.#chain.call('eth_call', [question, { blockHash }]);
    } catch (error) {
      if (error instanceof AnswerTooLong) return `${what} does not stop answering.`;
      if (!(error instanceof ChainRefusal)) throw error;
      return revertOf(what, error)?.message ?? `${what} is refused: ${shortened(error.message)}.`;
    }
    try {
      const wei = decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: answer as Hex });
      return (wei as bigint) / weiPerUnit(this.#assets[asset]!);
    } catch {
      return `${what} answers with no number.`;
    }
  }
}
