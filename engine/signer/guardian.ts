import { setTimeout as delay } from 'node:timers/promises';
import { encodeFunctionData, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { ChainError } from '../settlement/chain/chainError.ts';
import type { BlockName } from '../settlement/chain/savedState.ts';
import { Sender } from '../settlement/vault/sender.ts';
import { vaultAbi } from '../settlement/vault/vaultAbi.ts';
import { type RootRecord, VaultHistory } from '../settlement/vault/vaultHistory.ts';
import type { SignerStart } from './messages.ts';
import type { Witness } from './witness.ts';

/** A fraction of the shortest dispute time. */
const LOOK_MS = 300;
const REACH_MS_MAX = 1_000;

/**
 * Looks at each root that is posted while anybody can still object, and objects where its witness's own replay makes
 * another one of that sequence. While the replay is behind it says so and objects to nothing: it cannot know.
 */
export class Guardian {
  readonly #witness: Witness;
  readonly #vault: Hex;
  readonly #history: VaultHistory;
  readonly #sender: Sender;
  readonly #seen = new Set<string>();
  /** The last block in which there was nothing left to judge. */
  #quiet = '';

  constructor(start: SignerStart, witness: Witness) {
    this.#witness = witness;
    this.#vault = start.vault as Hex;
    this.#history = new VaultHistory(witness.chain, this.#vault);
    this.#sender = new Sender(witness.chain, privateKeyToAccount(start.key as Hex));
  }

  /** For ever. */
  async run(): Promise<never> {
    for (;;) {
      try {
        if (this.#witness.chain.url !== undefined) await this.look();
      } catch (error) {
        if (!(error instanceof ChainError)) throw error;
        this.#witness.note = error.message;
      }
      this.#witness.tell();
      await delay(LOOK_MS);
    }
  }

  /** Judges what is posted and not final. @fails ChainError */
  async look(): Promise<void> {
    const { chain, reader } = this.#witness;
    // The newest block and not the last saved one: the time in which it can object is short.
    const block = (await chain.call('eth_getBlockByNumber', ['latest', false])) as BlockName;
    const name = { number: Number(block.number), hash: block.hash };
    // A root comes with a block of its own.
    if (name.hash === this.#quiet) return;
    const { last, finalEpoch, isFrozen } = await reader.state(name);
    if (!isFrozen && last.epoch > finalEpoch) {
      await this.#history.follow(name);
      const isOpen = ({ epoch, hash, isRejected }: RootRecord) =>
        epoch > finalEpoch && !isRejected && !this.#seen.has(hash);
      for (const root of this.#history.roots.filter(isOpen)) await this.#judge(root);
      if (this.#history.roots.some(isOpen)) return;
    }
    this.#quiet = name.hash;
  }

  async #judge(root: RootRecord): Promise<void> {
    const { epoch, seq, hash } = root;
    await this.#witness.reach(seq, REACH_MS_MAX);
    await this.#witness.checked();
    const { verdict, sentence } = verdictOn(root, this.#witness);
    if (verdict === 'unknown') {
      this.#witness.note = sentence;
      return;
    }
    if (verdict === 'false') await this.#reject(epoch, sentence);
    else this.#witness.note = sentence;
    this.#seen.add(hash);
  }

  async #reject(epoch: number, why: string): Promise<void> {
    this.#witness.note = `It objects to root ${epoch}. ${why}`;
    this.#witness.tell();
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'rejectRoot', args: [BigInt(epoch)] });
    await this.#sender.send({ what: `Rejecting root ${epoch}`, to: this.#vault, data });
    this.#witness.note = `It has rejected root ${epoch}. ${why}`;
  }
}

/**
 * What a witness can say of a posted root: where it has not been, nothing. One that its replay makes is false all the same
 * where a command up to it was given by nobody; what only the chain could say of a contract is left to who signs.
 */
export function verdictOn(
  { epoch, seq, hash }: Pick<RootRecord, 'epoch' | 'seq' | 'hash'>,
  witness: Pick<Witness, 'book' | 'seq' | 'isAtEnd' | 'believedSeq'>,
): { verdict: 'true' | 'false' | 'unknown'; sentence: string } {
  const isBehind = witness.seq < seq && !witness.isAtEnd;
  if (isBehind || seq <= witness.believedSeq)
    return { verdict: 'unknown', sentence: `It has not replayed root ${epoch} and cannot judge it.` };
  const forged = witness.book.forgedBy(seq);
  if (forged !== undefined) return { verdict: 'false', sentence: forged };
  const own = witness.book.rootAt(seq);
  if (own?.hash === hash) return { verdict: 'true', sentence: `Root ${epoch} is the journal’s.` };
  const makes = own === undefined ? 'no root' : `${own.hash.slice(0, 10)}…`;
  const sentence = `At seq ${seq} the journal makes ${makes}, and root ${epoch} is ${hash.slice(0, 10)}….`;
  return { verdict: 'false', sentence };
}
