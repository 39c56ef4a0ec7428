import { setImmediate as breathe, setTimeout as delay } from 'node:timers/promises';
import type { Hex } from 'viem';
import type { Engine } from '../core/engine.ts';
import { subOf } from '../core/settlement/subOf.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { decodeEnvelope } from '../protocol/commands/envelope.ts';
import { commandKinds } from '../protocol/commands/kinds.ts';
import { vaultDomain } from '../protocol/settlement/vaultMessages.ts';
import { rootOfDraft } from '../settlement/roots/rootOfDraft.ts';
import { VaultReader } from '../settlement/vault/vaultReader.ts';
import { SECOND_MS } from '../units/time.ts';
import type { FromSigner, SignerStart } from './messages.ts';
import { type CreditNote, type DemandNote, NoteBook, type Notes, type PaymentNote } from './notes.ts';
import { type Opened, openReplica, saveOwnState } from './ownState.ts';
import { Proofs } from './proofs.ts';
import type { ReplicaPorts } from './replica.ts';
import { SignerChain } from './signerChain.ts';
import { VaultDeposits } from './vaultDeposits.ts';

/** Frames applied before anybody else in this process gets a turn. */
const FRAMES_AT_ONCE = 64;
/** How often a journal that has nothing new is looked at without a reason. */
const LOOK_MS = 1_000;
/** A restart replays no more than this. */
const SAVE_EVERY_MS = 300 * SECOND_MS;
const SAVE_EVERY_COMMANDS = 100_000;
const STATUS_MS_MIN = 500;

/** Who was there: a replay of the journal with all that has to be asked about it, and a look of one's own at the chain. */
export class Witness {
  readonly chain: SignerChain;
  readonly reader: VaultReader;
  readonly deposits: VaultDeposits;
  readonly #start: SignerStart;
  readonly #send: (message: FromSigner) => void;
  /** Signatures of people that are being checked. */
  readonly #checking = new Set<Promise<void>>();
  #book = new NoteBook();
  #opened: Opened | undefined;
  #isAtEnd = false;
  #isClosed = false;
  #savedSeq = 0;
  #savedMs = Date.now();
  #told = '';
  #toldMs = 0;
  #wake: () => void = () => undefined;
  /** Why it does not do what it was asked; undefined while nothing is wrong. */
  refusal: string | undefined;
  /** What it did last, for whoever reads its state. */
  note = '';

  constructor(start: SignerStart, send: (message: FromSigner) => void) {
    this.#start = start;
    this.#send = send;
    this.chain = new SignerChain(start.chainId, start.chainDir);
    this.reader = new VaultReader(this.chain, start.vault as Hex);
    this.deposits = new VaultDeposits(this.chain, start.vault as Hex);
  }

  get seq(): number {
    return this.#opened?.replica.position.seq ?? 0;
  }

  /** Whether it has all that the journal had when it looked. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  get book(): NoteBook {
    return this.#book;
  }

  get believedSeq(): number {
    return this.#opened?.believedSeq ?? 0;
  }

  /** Replays and follows until it is closed. @fails journal.corrupt with a sentence: the process begins anew then */
  async run(): Promise<void> {
    const opening = { disk: nodeDisk, dir: this.#start.dir, ownDir: this.#start.ownDir };
    this.#opened = openReplica(opening, (notes) => this.#ports(notes));
    this.#savedSeq = this.seq;
    while (!this.#isClosed) {
      this.#isAtEnd = this.#opened.replica.advance(FRAMES_AT_ONCE);
      this.#save();
      this.tell();
      if (this.#isAtEnd) await this.#pause();
      else await breathe();
    }
    this.#opened.replica.close();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** Waits until it has applied a sequence, no longer than this. @returns whether it has */
  async reach(seq: number, waitMsMax: number): Promise<boolean> {
    const lateMs = performance.now() + waitMsMax;
    while (this.seq < seq) {
      if (performance.now() > lateMs) return false;
      this.#wake();
      await delay(5);
    }
    return true;
  }

  /** Returns when every signature read so far is judged. */
  async checked(): Promise<void> {
    await Promise.all(this.#checking);
  }

  /** Not more often than somebody reads it, unless it says something new. */
  tell(): void {
    const state = this.refusal !== undefined ? 'refusing' : this.#isAtEnd ? 'ready' : 'behind';
    const sentence = this.refusal ?? [this.#opened?.sentence ?? '', this.note].join(' ').trim();
    const isNew = `${state} ${sentence}` !== this.#told;
    if (!isNew && Date.now() - this.#toldMs < STATUS_MS_MIN) return;
    this.#told = `${state} ${sentence}`;
    this.#toldMs = Date.now();
    this.#send({ type: 'status', state, seq: this.seq, sentence });
  }

  #ports(notes: Notes | undefined): ReplicaPorts {
    const book = new NoteBook(notes);
    this.#book = book;
    const proofs = new Proofs();
    let credit: CreditNote | undefined;
    let payment: PaymentNote | undefined;
    let demand: DemandNote | undefined;
    let reopened: number | undefined;
    let checking: ReturnType<Proofs['check']>;
    const { lagS, leadS, chainId, vault } = this.#start;
    const domain = vaultDomain(chainId, vault);
    return {
      next: (engine, seq, payload) => {
        credit = creditIn(engine, seq, payload);
        payment = paymentIn(engine, seq, payload);
        demand = demandIn(engine, seq, payload);
        reopened = reopenedIn(payload);
        checking = proofs.check(engine, seq, payload);
      },
      accepted: () => {
        if (credit !== undefined) book.credit(credit);
        if (payment !== undefined) book.payment(payment);
        if (demand !== undefined) book.demand(demand);
        if (reopened !== undefined) book.reopened(reopened);
        if (checking !== undefined) this.#check(book, checking);
      },
      isWanted: (timeMs) => Date.now() - timeMs <= (lagS + leadS) * SECOND_MS,
      cut: (draft, engine) => book.root(draft, rootOfDraft(draft, domain), owedIn(engine)),
    };
  }

  #check(book: NoteBook, checking: NonNullable<ReturnType<Proofs['check']>>): void {
    const done = Promise.resolve(checking).then((note) => {
      book.proof(note);
      this.#checking.delete(done);
    });
    this.#checking.add(done);
  }

  #save(): void {
    const { replica } = this.#opened!;
    const count = this.seq - this.#savedSeq;
    const isDue = count >= SAVE_EVERY_COMMANDS || (count > 0 && Date.now() - this.#savedMs >= SAVE_EVERY_MS);
    // What is still being checked would be forgotten with it.
    if (!isDue || replica.engine === undefined || this.#checking.size > 0) return;
    const place = { disk: nodeDisk, ownDir: this.#start.ownDir };
    saveOwnState(place, replica.engine, replica.position, {
      ...this.#book.all,
      believedSeq: this.believedSeq,
    });
    this.#savedSeq = this.seq;
    this.#savedMs = Date.now();
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

/** A deposit as a command has it, where it is the next one the engine takes. */
function creditIn({ state }: Engine, seq: number, payload: Uint8Array): CreditNote | undefined {
  if (payload[0] !== commandKinds.CreditDeposit || state.directory.settlement.vault === null)
    return undefined;
  const { command } = decodeEnvelope(payload);
  if (command.kind !== 'CreditDeposit' || command.id !== state.globals.columns.depositCursor[0])
    return undefined;
  const { id, account, amount } = command;
  const asset = state.directory.assets.findIndex(({ name }) => name === command.asset);
  // Of an account that is not there the engine takes none.
  const sub = command.sub ?? (state.directory.accounts[account] === undefined ? '' : subOf(state, account));
  return { id, seq, sub, asset, amount };
}

/** An open withdrawal that a command closes as paid. */
function paymentIn({ state }: Engine, seq: number, payload: Uint8Array): PaymentNote | undefined {
  if (payload[0] !== commandKinds.SettleWithdrawal) return undefined;
  const { command } = decodeEnvelope(payload);
  if (command.kind !== 'SettleWithdrawal') return undefined;
  const open = state.directory.settlement.withdrawals.find(({ nonce }) => nonce === command.nonce);
  // One that is closed already is noted already, or was found.
  return open && { nonce: open.nonce, seq, asset: open.asset, amount: open.amount, to: open.to };
}

/** A demand that a command serves, as it says the vault has it. */
function demandIn({ state }: Engine, seq: number, payload: Uint8Array): DemandNote | undefined {
  if (payload[0] !== commandKinds.ServeDemand) return undefined;
  const { command } = decodeEnvelope(payload);
  if (command.kind !== 'ServeDemand' || state.directory.accounts[command.account] === undefined)
    return undefined;
  const { account, amount, block, missing, asOf } = command;
  const asset = state.directory.assets.findIndex(({ name }) => name === command.asset);
  const timeMs = state.globals.columns.timeMs[0]!;
  const mayUnwind = command.mayUnwind === true;
  return { seq, timeMs, sub: subOf(state, account), asset, amount, block, missing, asOf, mayUnwind };
}

function reopenedIn(payload: Uint8Array): number | undefined {
  if (payload[0] !== commandKinds.ReopenWithdrawal) return undefined;
  const { command } = decodeEnvelope(payload);
  return command.kind === 'ReopenWithdrawal' ? command.nonce : undefined;
}

/** Which withdrawals give a deposit back that no account could take. */
function owedIn({ state }: Engine): (nonce: number) => boolean {
  const owed = state.directory.settlement.withdrawals.filter(({ sub }) => sub !== undefined);
  return (nonce) => owed.some((each) => each.nonce === nonce);
}
