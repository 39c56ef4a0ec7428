/** The accounts of people, as known when the command at `seq` had been applied. */
export interface People {
  readonly seq: number;
  readonly accounts: Iterable<number>;
}

/**
 * Whose rows are kept one by one. Events and the list of people come on different ways, so an account
 * opened behind the list's sequence is kept until a newer list says whose it is: nothing of a person is lost.
 */
export class KeptAccounts {
  #people: Set<number>;
  #knownSeq: number;
  readonly #newcomers = new Map<number, number>();

  constructor({ seq, accounts }: People) {
    this.#people = new Set(accounts);
    this.#knownSeq = seq;
  }

  has(account: number): boolean {
    return this.#people.has(account) || this.#newcomers.has(account);
  }

  opened(account: number, seq: number): void {
    if (seq > this.#knownSeq) this.#newcomers.set(account, seq);
  }

  /** @returns accounts that were kept and turned out not to be people's */
  know({ seq, accounts }: People): number[] {
    if (seq < this.#knownSeq) return [];
    const people = new Set(accounts);
    const judged = [...this.#newcomers]
      .filter(([, openedSeq]) => openedSeq <= seq)
      .map(([account]) => account);
    const dropped = [...this.#people, ...judged].filter((account) => !people.has(account));
    for (const account of judged) this.#newcomers.delete(account);
    this.#people = people;
    this.#knownSeq = seq;
    return dropped;
  }
}
