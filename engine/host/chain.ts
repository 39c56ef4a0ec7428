import path from 'node:path';
import { SANDBOX_CHAIN_ID } from '../lab/seeds/sandbox.ts';
import type { ChainHealthView } from '../protocol/views/health.ts';
import { anvilBinary } from '../settlement/chain/anvilBinary.ts';
import { ChainError } from '../settlement/chain/chainError.ts';
import { EmbeddedChain } from '../settlement/chain/embeddedChain.ts';
import { ChainDoor } from '../settlement/door/chainDoor.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';

/** The desk's chain, where it has one. Nothing waits for it: who needs it is refused until it answers. */
export class DeskChain {
  readonly door: ChainDoor;
  readonly #chain: EmbeddedChain | undefined;

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
      sendRawTransaction: async (params) => await this.embedded().sendRawTransaction(params),
    });
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
