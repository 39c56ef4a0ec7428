interface Asked {
  /** Questions that wait for news now. */
  waiting: number;
  lastMs: number;
}

const NEVER: Asked = { waiting: 0, lastMs: 0 };

/** Which wallets ask what waits for them: how a desk that sends nothing out knows that a custodian's machine is there. */
export class ApprovalQuestions {
  readonly #nowMs: () => number;
  readonly #byWallet = new Map<string, Asked>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /**
   * A question came. Of members alone, so that there are no more wallets here than a firm has enrolled.
   *
   * @returns to be called once, when it is answered
   */
  begin(wallet: string): () => void {
    const asked = this.#byWallet.get(wallet) ?? { ...NEVER };
    this.#byWallet.set(wallet, asked);
    asked.waiting += 1;
    asked.lastMs = this.#nowMs();
    return () => {
      asked.waiting -= 1;
      asked.lastMs = this.#nowMs();
    };
  }

  of(wallet: string): { askedMs: number | null; isListening: boolean } {
    const { waiting, lastMs } = this.#byWallet.get(wallet) ?? NEVER;
    return { askedMs: lastMs || null, isListening: waiting > 0 };
  }
}
