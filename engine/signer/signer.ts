import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { SECOND_MS } from '../units/time.ts';
import { judgeRoot } from './judgeRoot.ts';
import type { SignerStart, SignRequest } from './messages.ts';
import type { OwnRoot } from './notes.ts';
import { SignedRoots } from './signedRoots.ts';
import type { Witness } from './witness.ts';

/** How long a request waits for the replay to come to its sequence. */
const WAIT_MS_MAX = 2_000;

/** A key: it signs a root that its witness's own state makes, when nothing stands against it, and nothing else. */
export class Signer {
  readonly #start: SignerStart;
  readonly #witness: Witness;
  readonly #signed: SignedRoots;
  #last: Promise<unknown> = Promise.resolve();

  /** @fails with a sentence where its folder cannot be used */
  constructor(start: SignerStart, witness: Witness) {
    this.#start = start;
    this.#witness = witness;
    this.#signed = new SignedRoots(nodeDisk, start.ownDir);
  }

  /** One after another: what the one before signed stands against the next. @fails with a sentence when it does not sign */
  sign(request: SignRequest): Promise<Hex> {
    const signing = this.#last.then(() => this.#sign(request));
    this.#last = signing.catch(() => undefined);
    return signing;
  }

  async #sign(request: SignRequest): Promise<Hex> {
    try {
      const root = await this.#rootFor(request);
      await this.#judge(root);
      const { epoch, parent, hash, timeMs } = root;
      this.#signed.note({ epoch, parent, hash, timeS: Math.floor(timeMs / SECOND_MS) });
      this.#witness.refusal = undefined;
      return await privateKeyToAccount(this.#start.key as Hex).sign({ hash: root.digest as Hex });
    } catch (error) {
      this.#witness.refusal = (error as Error).message;
      throw error;
    } finally {
      this.#witness.tell();
    }
  }

  async #rootFor({ epoch, parent, seq, digest }: SignRequest): Promise<OwnRoot> {
    if (!(await this.#witness.reach(seq, WAIT_MS_MAX)))
      throw new Error(`It has replayed up to seq ${this.#witness.seq} and is asked about seq ${seq}.`);
    const root = this.#witness.book.rootAt(seq);
    if (root === undefined || root.epoch !== epoch || root.parent !== parent)
      throw new Error(`The journal has no root ${epoch} at seq ${seq} that could still be posted.`);
    if (root.digest !== digest)
      throw new Error(
        `Its own replay makes root ${epoch} at seq ${seq} another one than it is asked to sign.`,
      );
    return root;
  }

  async #judge(root: OwnRoot): Promise<void> {
    const { book, chain, reader, deposits, believedSeq } = this.#witness;
    const { lagS, leadS } = this.#start;
    await this.#witness.checked();
    await judgeRoot(root, {
      ...{ book, chain, reader, deposits, believedSeq },
      signed: this.#signed,
      bounds: { lagS, leadS },
      nowMs: Date.now,
    });
  }
}
