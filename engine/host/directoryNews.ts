import { limits } from './limits.ts';

interface Waiting {
  readonly asker: string;
  readonly afterSeq: number;
  go(): void;
}

/**
 * Lets a question wait until what has a name changes: proposals, people, rules. It says that something may be new, never
 * what: whoever is woken looks for themselves, so waking once too often harms nobody.
 */
export class DirectoryNews {
  #seq = 0;
  #isClosed = false;
  readonly #waiting = new Set<Waiting>();

  /** @param seq of the group of commands that changed something, or a later one */
  told(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    for (const each of [...this.#waiting]) if (each.afterSeq < this.#seq) each.go();
  }

  /** Nobody waits any more. */
  close(): void {
    this.#isClosed = true;
    for (const each of [...this.#waiting]) each.go();
  }

  /**
   * Resolves once something changed behind a sequence, at the latest after `waitMs`.
   *
   * @param asker whose places are counted
   * @returns false when the asker has too many questions waiting already
   */
  async behind(asker: string, afterSeq: number, waitMs: number): Promise<boolean> {
    if (this.#isClosed || this.#seq > afterSeq || waitMs <= 0) return true;
    const own = [...this.#waiting].filter((each) => each.asker === asker);
    if (own.length >= limits.approvals.waitsPerSessionMax) return false;
    let timer: NodeJS.Timeout | undefined;
    let waiting: Waiting | undefined;
    await new Promise<void>((resolve) => {
      waiting = { asker, afterSeq, go: resolve };
      this.#waiting.add(waiting);
      timer = setTimeout(resolve, waitMs);
    });
    clearTimeout(timer);
    this.#waiting.delete(waiting!);
    return true;
  }
}
