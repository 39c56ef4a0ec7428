import type { Hex } from 'viem';
import type { SecondNodeView } from '../../protocol/views/health.ts';
import { ChainError } from '../chain/chainError.ts';
import type { VaultChain } from './vaultChain.ts';
import { DEPOSITED, depositOf, isSameDeposit, type RawLog, type VaultDeposit } from './vaultEvents.ts';

/** What asks a node; how, is whoever's made it. */
export type AskNode = Pick<VaultChain, 'call'>;

/**
 * Another node of the same chain, run by somebody else: a deposit is credited once both tell the same log at the same
 * place. It can make a deposit wait, and nothing else: roots and payments go on without it.
 */
export class SecondNode {
  readonly #node: AskNode;
  readonly #chainId: number;
  readonly #vault: Hex;
  #view: SecondNodeView = { state: 'unasked', sentence: 'No deposit has come since the start.' };

  constructor(node: AskNode, { chainId, vault }: { chainId: number; vault: Hex }) {
    this.#node = node;
    this.#chainId = chainId;
    this.#vault = vault;
  }

  /** What came of the last question. */
  get view(): SecondNodeView {
    return this.#view;
  }

  /** Reads the deposit's log by block hash and place. @returns false, with the reason in `view`, where it has to wait */
  async confirms(deposit: VaultDeposit): Promise<boolean> {
    this.#view = await this.#ask(deposit);
    return this.#view.state === 'agrees';
  }

  async #ask(deposit: VaultDeposit): Promise<SecondNodeView> {
    const { id, blockNumber, blockHash, logIndex } = deposit;
    const waits = `Deposit ${id} waits, and those behind it.`;
    try {
      const chainId = Number(await this.#node.call('eth_chainId', []));
      if (chainId !== this.#chainId) return differs(`The second node is of chain ${chainId}. ${waits}`);
      const found = await this.#node.call('eth_getLogs', [
        { blockHash, address: this.#vault, topics: [DEPOSITED] },
      ]);
      const logs = Array.isArray(found) ? (found as RawLog[]) : [];
      const log = logs.find((each) => Number(each.logIndex) === logIndex);
      if (log === undefined)
        return differs(
          `The second node has no deposit at place ${logIndex} of block ${blockNumber}. ${waits}`,
        );
      const isSame =
        log.blockHash === blockHash &&
        log.address.toLowerCase() === this.#vault &&
        isSameDeposit(depositOf(log), deposit);
      if (!isSame) return differs(`The second node tells deposit ${id} in another way. ${waits}`);
      return { state: 'agrees', sentence: `The second node has deposit ${id} too.` };
    } catch (error) {
      if (error instanceof ChainError)
        return { state: 'down', sentence: `The second node: ${error.message} ${waits}` };
      // What cannot be read as a deposit is none.
      return differs(`The second node tells deposit ${id} in another way. ${waits}`);
    }
  }
}

function differs(sentence: string): SecondNodeView {
  return { state: 'differs', sentence };
}
