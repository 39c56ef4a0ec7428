import { setImmediate as breathe, setTimeout as delay } from 'node:timers/promises';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Engine } from '../core/engine.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { vaultDomain } from '../protocol/settlement/vaultMessages.ts';
import { rootOfDraft } from '../settlement/roots/rootOfDraft.ts';
import { SECOND_MS } from '../units/time.ts';
import type { FromSigner, SignerStart, SignRequest } from './messages.ts';
import { NoteBook, type Notes, type OwnRoot } from './notes.ts';
import { type Opened, openReplica, saveOwnState } from './ownState.ts';
import type { ReplicaPorts } from './replica.ts';
import { SignedRoots } from './signedRoots.ts';
import { SignerChain } from './signerChain.ts';

/** Frames applied before anybody else in this process gets a turn. */
const FRAMES_AT_ONCE = 64;
/** How often a journal that has nothing new is looked at without a reason. */
const LOOK_MS = 1_000;
/** How long a request waits for the replay to come to its sequence. */
const WAIT_MS_MAX = 2_000;
/** A restart replays no more than this. */
const SAVE_EVERY_MS = 300 * SECOND_MS;
const SAVE_EVERY_COMMANDS = 100_000;
const STATUS_MS_MIN = 500;

type Send = (message: FromSigner) => void;

/** A key and a replay of its own: it signs a root that its own state makes, and nothing else. */
export class Signer {
  readonly chain: SignerChain;
  readonly #start: SignerStart;
  readonly #send: Send;
  readonly #signed: SignedRoots;
  #book = new NoteBook();
  #opened: Opened | undefined;
  #isAtEnd = false;
  #savedSeq = 0;
  #savedMs = Date.now();
  #refusal: string | undefined;
  #told = '';
  #toldMs = 0;
  #wake: () => void = () => undefined;

  /** @fails with a sentence where its folder cannot be used */
  constructor(start: SignerStart, send: Send) {
    this.#start = start;
    this.#send = send;
    this.#signed = new SignedRoots(nodeDisk, start.ownDir);
    this.chain = new SignerChain(start.chainId, start.chainDir);
  }

  get seq(): number {
    return this.#opened?.replica.position.seq ?? 0;
  }

  /** Replays and follows for ever. @fails journal.corrupt with a sentence: the process begins anew then */
  async run(): Promise<never> {
    const opening = { disk: nodeDisk, dir: this.#start.dir, ownDir: this.#start.ownDir };
    this.#opened = openReplica(opening, (notes) => this.#ports(notes));
    this.#savedSeq = this.seq;
    for (;;) {
      this.#isAtEnd = this.#opened.replica.advance(FRAMES_AT_ONCE);
      this.#save();
      this.#tell();
      if (this.#isAtEnd) await this.#pause();
      else await breathe();
    }
  }

  /** @fails with a sentence when it does not sign */
  async sign(request: SignRequest): Promise<Hex> {
    try {
      const root = await this.#rootFor(request);
      const { epoch, parent, hash, timeMs } = root;
      this.#signed.note({ epoch, parent, hash, timeS: Math.floor(timeMs / SECOND_MS) });
      const signature = await privateKeyToAccount(this.#start.key as Hex).sign({ hash: root.digest as Hex });
      this.#refusal = undefined;
      return signature;
    } catch (error) {
      this.#refusal = (error as Error).message;
      throw error;
    } finally {
      this.#tell();
    }
  }

  async #rootFor({ epoch, parent, seq, digest }: SignRequest): Promise<OwnRoot> {
    await this.#reach(seq);
    const root = this.#book.rootAt(seq);
    if (root === undefined || root.epoch !== epoch || root.parent !== parent)
      throw new Error(`The journal has no root ${epoch} at seq ${seq} that could still be posted.`);
    if (root.digest !== digest)
      throw new Error(
        `Its own replay makes root ${epoch} at seq ${seq} another one than it is asked to sign.`,
      );
    return root;
  }

  async #reach(seq: number): Promise<void> {
    const lateMs = performance.now() + WAIT_MS_MAX;
    while (this.seq < seq) {
      if (performance.now() > lateMs)
        throw new Error(`It has replayed up to seq ${this.seq} and is asked about seq ${seq}.`);
      this.#wake();
      await delay(5);
    }
  }

  #ports(notes: Notes | undefined): ReplicaPorts {
    const book = new NoteBook(notes);
    this.#book = book;
    const { lagS, leadS, chainId, vault } = this.#start;
    const domain = vaultDomain(chainId, vault);
    return {
      next: () => undefined,
      isWanted: (timeMs) => Date.now() - timeMs <= (lagS + leadS) * SECOND_MS,
      cut: (draft, engine) => book.root(draft, rootOfDraft(draft, domain), owedIn(engine)),
    };
  }

  #save(): void {
    const { replica } = this.#opened!;
    const count = this.seq - this.#savedSeq;
    const isDue = count >= SAVE_EVERY_COMMANDS || (count > 0 && Date.now() - this.#savedMs >= SAVE_EVERY_MS);
    if (!isDue || replica.engine === undefined) return;
    const place = { disk: nodeDisk, ownDir: this.#start.ownDir };
    saveOwnState(place, replica.engine, replica.position, this.#book.all);
    this.#savedSeq = this.seq;
    this.#savedMs = Date.now();
  }

  /** Not more often than somebody reads it, unless it says something new. */
  #tell(): void {
    const state = this.#refusal !== undefined ? 'refusing' : this.#isAtEnd ? 'ready' : 'behind';
    const sentence = this.#refusal ?? this.#opened?.sentence ?? '';
    const isNew = `${state} ${sentence}` !== this.#told;
    if (!isNew && Date.now() - this.#toldMs < STATUS_MS_MIN) return;
    this.#told = `${state} ${sentence}`;
    this.#toldMs = Date.now();
    this.#send({ type: 'status', state, seq: this.seq, sentence });
  }

  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Which withdrawals give a deposit back that no account could take. */
function owedIn({ state }: Engine): (nonce: number) => boolean {
  const owed = state.directory.settlement.withdrawals.filter(({ sub }) => sub !== undefined);
  return (nonce) => owed.some((each) => each.nonce === nonce);
}
