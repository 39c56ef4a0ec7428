import type { BlockName } from '../chain/savedState.ts';

/** How far back a reorganisation can be followed. */
export const RING_SIZE = 1_024;

/** The last blocks that were called final, by number: what a chain said once and may not take back unnoticed. */
export class BlockRing {
  readonly #hashes = new Map<number, string>();
  #top: BlockName | undefined;

  /** The newest one; undefined before there is any. */
  get top(): BlockName | undefined {
    return this.#top;
  }

  hashAt(number: number): string | undefined {
    return this.#hashes.get(number);
  }

  /** Adds the next block; what is too old is forgotten. */
  push(block: BlockName): void {
    this.#hashes.set(block.number, block.hash);
    this.#hashes.delete(block.number - RING_SIZE);
    this.#top = block;
  }

  /** Forgets everything. */
  clear(): void {
    this.#hashes.clear();
    this.#top = undefined;
  }

  /** Forgets everything above a number. @returns false when nothing is left that is known */
  cutTo(number: number): boolean {
    for (let above = this.#top?.number ?? 0; above > number; above -= 1) this.#hashes.delete(above);
    const hash = this.#hashes.get(number);
    this.#top = hash === undefined ? undefined : { number, hash };
    return hash !== undefined;
  }
}
