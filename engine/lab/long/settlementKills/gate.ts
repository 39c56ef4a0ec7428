import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedChain } from '../../../settlement/chain/embeddedChain.ts';
import type { FlowMark, GoOn, Reached, StepName } from './steps.ts';

/** The step a desk stands still after: whoever comes there waits until it is let go, or dies. */
export class Gate {
  #mark: FlowMark | undefined;
  #open: () => void = () => undefined;
  #opened: Promise<void>;
  #isReached = false;
  #chain: EmbeddedChain | undefined;

  constructor(mark: FlowMark | undefined) {
    this.#mark = mark;
    this.#opened = this.#closed();
    process.on('message', (message) => void this.#goOn(message as GoOn));
    // Whoever listens keeps no desk alive.
    process.channel?.unref();
  }

  get mark(): FlowMark | undefined {
    return this.#mark;
  }

  isAt(step: StepName | undefined): boolean {
    return step !== undefined && this.#mark?.step === step;
  }

  /** Who asks is the chain itself, so it is known here. */
  knows(chain: EmbeddedChain): void {
    this.#chain = chain;
  }

  /**
   * Says that the step is done, and returns when the desk may go on. Whoever comes to another step while one is reached waits
   * too: killing takes a while, and nobody may have gone past the next step by then.
   */
  async reach(step: StepName): Promise<void> {
    while (this.#isReached && !this.isAt(step)) await this.#opened;
    if (!this.isAt(step)) return;
    if (!this.#isReached) {
      this.#isReached = true;
      void this.#say(step);
    }
    await this.#opened;
  }

  /** Once there is a chain to be killed: the one before may have been, and the desk have gone on without. */
  async #say(step: StepName): Promise<void> {
    while (this.#chain !== undefined && this.#chain.status !== 'ok') await delay(2);
    const anvil = this.#chain?.pid;
    const said: Reached = { reached: step, pids: anvil === undefined ? {} : { anvil } };
    process.send?.(said);
  }

  /** Waits with whoever reaches the step, and says nothing of it. */
  async wait(step: StepName | undefined): Promise<void> {
    if (this.isAt(step)) await this.#opened;
  }

  #closed(): Promise<void> {
    return new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  async #goOn({ gone, next }: GoOn): Promise<void> {
    // The chain has noticed its program's end, so that nothing more is asked of the dead.
    while (gone !== undefined && this.#chain?.pid === gone) await delay(2);
    const open = this.#open;
    this.#mark = next;
    this.#isReached = false;
    this.#opened = this.#closed();
    open();
  }
}
