import path from 'node:path';
import type { RootMaterial } from '../core/settlement/rootDraft.ts';
import type { ChainHealthView } from '../protocol/views/chainHealth.ts';
import type { CodeKind } from '../protocol/views/custody.ts';
import { SANDBOX_CHAIN_ID } from '../sandbox/genesis.ts';
import { anvilBinary } from '../settlement/chain/anvilBinary.ts';
import { ChainError } from '../settlement/chain/chainError.ts';
import { EmbeddedChain } from '../settlement/chain/embeddedChain.ts';
import type { BlockName } from '../settlement/chain/savedState.ts';
import { ChainDoor } from '../settlement/door/chainDoor.ts';
import { codeKindOf } from '../settlement/wallets/codeKind.ts';
import { askContract, type ContractVerdict } from '../settlement/wallets/contractSignature.ts';
import type { Config } from './config.ts';
import { limits } from './limits.ts';
import { log } from './log.ts';
import { CallError } from './threads/pendingCalls.ts';

/** The desk's chain, where it has one. Nothing waits for it: who needs it is refused until it answers. */
export class DeskChain {
  readonly door: ChainDoor;
  readonly #chain: EmbeddedChain | undefined;
  #onRootCut: (material: RootMaterial) => void = () => {};
  #onSent: () => void = () => {};
  /** Put to the chain and not answered. */
  #questions = 0;
  /** What addresses are at one block. */
  #kinds: { block: BlockName; byAddress: Map<string, CodeKind> } | undefined;

  constructor({ chain, dataDir }: Pick<Config, 'chain' | 'dataDir'>) {
    if (chain.kind === 'embedded')
      this.#chain = new EmbeddedChain({
        dir: path.resolve(dataDir, 'chain'),
        binary: anvilBinary(),
        chainId: SANDBOX_CHAIN_ID,
        log,
      });
    this.door = new ChainDoor({
      call: async (method, params) => await this.embedded().call(method, params),
      sendRawTransaction: async (params) => {
        const hash = await this.embedded().sendRawTransaction(params);
        this.#onSent();
        return hash;
      },
    });
  }

  /** Lets somebody know what each root says that is cut from now on. One at a time: the last who asked. */
  onRootCut(listener: (material: RootMaterial) => void): void {
    this.#onRootCut = listener;
  }

  /** A root was cut, and the follower says what it says. */
  rootCut(material: RootMaterial): void {
    this.#onRootCut(material);
  }

  /** Lets somebody know of each transaction a page has sent. One at a time: the last who asked. */
  onSent(listener: () => void): void {
    this.#onSent = listener;
  }

  /** Once the folder is the desk's. */
  start(): void {
    this.#chain?.start();
  }

  async stop(): Promise<void> {
    await this.#chain?.stop();
  }

  /** @fails ChainError where the desk runs without one */
  embedded(): EmbeddedChain {
    if (this.#chain === undefined) throw new ChainError('This desk runs without a chain.');
    return this.#chain;
  }

  /**
   * What a contract says of a signature, at a block that survives anything; undefined where the desk has no chain.
   *
   * @fails CallError chain.unavailable, engine.busy
   */
  async askContract(
    wallet: string,
    digest: string,
    signature: string,
  ): Promise<{ verdict: ContractVerdict; block: BlockName } | undefined> {
    const chain = this.#chain;
    if (chain === undefined) return undefined;
    if (this.#questions >= limits.chain.questionsMax) throw new CallError('engine.busy');
    this.#questions += 1;
    try {
      await chain.begun(limits.chain.startMsMax);
      const block = await chain.settledHead();
      return { verdict: await askContract(chain, { wallet, digest, signature, block }), block };
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      throw new CallError('chain.unavailable');
    } finally {
      this.#questions -= 1;
    }
  }

  /**
   * What addresses are at a block that survives anything, each looked up once a block; undefined while the chain does
   * not answer, or where there is none.
   */
  async codeKinds(
    addresses: readonly string[],
  ): Promise<{ block: BlockName; kinds: readonly CodeKind[] } | undefined> {
    const [chain, block] = [this.#chain, this.#chain?.finalBlock];
    if (chain?.status !== 'ok' || block === undefined) return undefined;
    try {
      if (this.#kinds?.block.hash !== block.hash) this.#kinds = { block, byAddress: new Map() };
      const { byAddress } = this.#kinds;
      for (const address of addresses)
        if (!byAddress.has(address)) byAddress.set(address, await codeKindOf(chain, address, block));
      return { block, kinds: addresses.map((address) => byAddress.get(address)!) };
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      return undefined;
    }
  }

  health(): ChainHealthView {
    const chain = this.#chain;
    return {
      status: chain?.status ?? 'off',
      sentence: chain?.sentence ?? 'This desk runs without a chain.',
      chainId: chain?.chainId ?? 0,
      finalBlock: chain?.finalBlock?.number ?? null,
    };
  }
}
