import { ChainError } from '../../settlement/chain/chainError.ts';

/** How long who made a deposit waits for its credit: a save and a commit are a fraction of it. */
const WAIT_MS_MAX = 5_000;

/** Who waits for the credit of which deposit. */
export class Credits {
  readonly #waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  /** Below this all are credited. */
  #count = 0;

  /** Returns when it is credited. @fails ChainError when that takes too long; it is credited later then */
  of(id: number): Promise<void> {
    if (id < this.#count) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          this.#end(
            id,
            new ChainError(`Deposit ${id} is in the vault and is credited as soon as the chain answers.`),
          ),
        WAIT_MS_MAX,
      );
      const done = (run: () => void) => () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        run();
      };
      this.#waiting.set(id, { resolve: done(resolve), reject: (error) => done(() => reject(error))() });
    });
  }

  made(id: number): void {
    this.#count = id + 1;
    this.#waiting.get(id)?.resolve();
  }

  /** The desk stops: nobody gets an answer any more. */
  close(): void {
    for (const id of [...this.#waiting.keys()]) this.#end(id, new ChainError('The desk stops.'));
  }

  #end(id: number, error: Error): void {
    this.#waiting.get(id)?.reject(error);
  }
}
