import type { Hex } from 'viem';
import { ChainError } from '../settlement/chain/chainError.ts';
import type { BlockName } from '../settlement/chain/savedState.ts';
import type { VaultChain } from '../settlement/vault/vaultChain.ts';
import { depositLogs, depositOf, type VaultDeposit } from '../settlement/vault/vaultEvents.ts';
import { type PaidWithdrawal, VaultHistory } from '../settlement/vault/vaultHistory.ts';

/** The vault's deposits in final blocks, which of them were taken back, what it paid and what was demanded of it, as read by this process from the chain. */
export class VaultDeposits {
  readonly #chain: VaultChain;
  readonly #vault: Hex;
  readonly #history: VaultHistory;
  #top: BlockName | undefined;
  #deposits: VaultDeposit[] = [];

  constructor(chain: VaultChain, vault: Hex) {
    this.#chain = chain;
    this.#vault = vault;
    this.#history = new VaultHistory(chain, vault);
  }

  /** By their number, from 0 without gaps. */
  get all(): readonly VaultDeposit[] {
    return this.#deposits;
  }

  /** What the vault paid as a withdrawal of this number; undefined while it has not. */
  paid(nonce: number): PaidWithdrawal | undefined {
    return this.#history.paid.find((each) => each.nonce === nonce);
  }

  /** Everything but the deposits. */
  get history(): VaultHistory {
    return this.#history;
  }

  /** Reads on to a final block; anew where the last one read is not in the chain any more. @fails ChainError */
  async follow(block: BlockName): Promise<void> {
    await this.#history.follow(block);
    if (this.#top?.hash === block.hash) return;
    if (this.#top !== undefined && !(await this.#isThere(this.#top))) this.#top = undefined;
    const from = this.#top === undefined ? 0 : this.#top.number + 1;
    const known = this.#top === undefined ? [] : this.#deposits;
    const found = (await depositLogs(this.#chain, this.#vault, from, block.number)).map(depositOf);
    const deposits = [...known, ...found.sort((a, b) => a.id - b.id)];
    const gap = deposits.findIndex(({ id }, index) => id !== index);
    if (gap >= 0) throw new ChainError(`The chain tells no deposit ${gap} and later ones.`);
    this.#deposits = deposits;
    this.#top = block;
  }

  /** Units of each asset over the first so many, those left out that were taken back. */
  sums(count: number, assetCount: number): bigint[] {
    const sums = new Array<bigint>(assetCount).fill(0n);
    for (const { id, asset, amount } of this.#deposits.slice(0, count))
      if (!this.#history.reclaimed.has(id)) sums[asset] = (sums[asset] ?? 0n) + BigInt(amount);
    return sums;
  }

  async #isThere({ hash }: BlockName): Promise<boolean> {
    return (await this.#chain.call('eth_getBlockByHash', [hash, false])) !== null;
  }
}
