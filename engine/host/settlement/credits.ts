import { ChainError } from '../../settlement/chain/chainError.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';

/** How long who made a deposit waits for its credit: a save and a commit are a fraction of it. */
const WAIT_MS_MAX = 5_000;

/**
 * Who waits for the credit of which deposit, by its transaction: where the chain loses a block, the next deposit gets the
 * number of the one that is lost.
 */
export class Credits {
  readonly #waiting = new Map<string, { resolve(): void; reject(error: Error): void }>();

  /** Returns when it is credited. @fails ChainError when that takes too long; it is credited later then, or lost */
  of({ transactionHash }: Pick<VaultDeposit, 'transactionHash'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#end(
            transactionHash,
            new ChainError(
              'The deposit was made and is not credited yet: it is as soon as the chain answers, unless the chain has lost it.',
            ),
          ),
        WAIT_MS_MAX,
      );
      const done = (run: () => void) => () => {
        clearTimeout(timer);
        this.#waiting.delete(transactionHash);
        run();
      };
      this.#waiting.set(transactionHash, {
        resolve: done(resolve),
        reject: (error) => done(() => reject(error))(),
      });
    });
  }

  made({ transactionHash }: Pick<VaultDeposit, 'transactionHash'>): void {
    this.#waiting.get(transactionHash)?.resolve();
  }

  /** The desk stops: nobody gets an answer any more. */
  close(): void {
    for (const name of [...this.#waiting.keys()]) this.#end(name, new ChainError('The desk stops.'));
  }

  #end(name: string, error: Error): void {
    this.#waiting.get(name)?.reject(error);
  }
}
