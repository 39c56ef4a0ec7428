import type { Hex } from 'viem';
import type { VaultChain } from './vaultChain.ts';

/** What a transaction's receipt and block say beside its events. */
export interface ReceiptFacts {
  /** Who sent it, lower case. */
  readonly from: string;
  readonly gas: number;
  /** Of its block. */
  readonly timeS: number;
}

/** Receipts asked for in one go, so that no look takes long. */
const ASKED_MAX = 256;

/** Facts of transactions that people look at, each asked for once. */
export class Receipts {
  readonly #chain: Pick<VaultChain, 'call'>;
  readonly #known = new Map<string, ReceiptFacts>();

  constructor(chain: Pick<VaultChain, 'call'>) {
    this.#chain = chain;
  }

  of(tx: string): ReceiptFacts | undefined {
    return this.#known.get(tx);
  }

  /** Asks for those that are not known yet, newest first. @fails ChainError */
  async learn(transactions: readonly string[]): Promise<void> {
    const unknown = transactions.filter((tx) => !this.#known.has(tx));
    for (const tx of unknown.slice(-ASKED_MAX).reverse()) {
      const receipt = (await this.#chain.call('eth_getTransactionReceipt', [tx])) as {
        from: Hex;
        gasUsed: Hex;
        blockHash: Hex;
      } | null;
      if (receipt === null) continue;
      const block = (await this.#chain.call('eth_getBlockByHash', [receipt.blockHash, false])) as {
        timestamp: Hex;
      } | null;
      const facts = { from: receipt.from.toLowerCase(), gas: Number(receipt.gasUsed) };
      this.#known.set(tx, { ...facts, timeS: Number(block?.timestamp ?? 0) });
    }
  }
}
