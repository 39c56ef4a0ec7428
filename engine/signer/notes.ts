import type { HexAddress, HexWord, RootDraft } from '../protocol/settlement/root.ts';
import type { CutRoot } from '../settlement/roots/rootOfDraft.ts';

/** A root as this process's own replay makes it, and what of it is asked about before it is signed. */
export interface OwnRoot {
  readonly epoch: number;
  readonly parent: HexWord;
  readonly seq: number;
  readonly timeMs: number;
  readonly depositCursor: number;
  readonly hash: HexWord;
  readonly digest: HexWord;
  /** Decimal units by asset number. */
  readonly sums: readonly string[];
  /** Open ones; `isOwed` where a deposit goes back to whom no account belongs, which nobody has to sign. */
  readonly withdrawals: readonly { readonly nonce: number; readonly seq: number; readonly isOwed: boolean }[];
}

/** A deposit as the journal has it. */
export interface CreditNote {
  readonly id: number;
  readonly seq: number;
  readonly sub: HexWord;
  readonly asset: number;
  readonly amount: number;
}

/** A withdrawal that the journal says the vault has paid. */
export interface PaymentNote {
  readonly nonce: number;
  readonly seq: number;
  readonly asset: number;
  readonly amount: number;
  readonly to: string;
}

/** A demand of an owner's that the journal serves, and what it says the vault had of it. */
export interface DemandNote {
  readonly seq: number;
  /** Of the engine when it was served. */
  readonly timeMs: number;
  readonly sub: HexWord;
  readonly asset: number;
  readonly amount: number;
  readonly block: number;
  readonly missing: number;
  readonly asOf: number;
  readonly mayUnwind: boolean;
}

/** What was found of a command that only a wallet or a trading key may give. */
export interface ProofNote {
  readonly seq: number;
  /** `asked`: of a contract, which the chain still has to be asked about. */
  readonly verdict: 'good' | 'bad' | 'asked';
  readonly sentence: string;
  readonly question?: {
    readonly wallet: HexAddress;
    readonly digest: HexWord;
    readonly signature: string;
    readonly block: { readonly number: number; readonly hash: string };
  };
}

/** What a replay leaves besides its state; kept with it. */
export interface Notes {
  readonly roots: readonly OwnRoot[];
  readonly credits: readonly CreditNote[];
  readonly payments: readonly PaymentNote[];
  readonly demands: readonly DemandNote[];
  readonly proofs: readonly ProofNote[];
}

/** More than fall into the time in which one can be posted. */
const ROOTS_MAX = 128;
/** Signatures of contracts that the chain was not asked about: those of roots that stand are asked about by nobody. */
const PROOFS_MAX = 4_096;

/** The notes of one replay as it goes. */
export class NoteBook {
  #roots: OwnRoot[];
  #credits: CreditNote[];
  #payments: PaymentNote[];
  #demands: DemandNote[];
  #proofs: ProofNote[];

  constructor(notes: Notes = { roots: [], credits: [], payments: [], demands: [], proofs: [] }) {
    this.#roots = [...notes.roots];
    this.#credits = [...notes.credits];
    this.#payments = [...notes.payments];
    this.#demands = [...notes.demands];
    this.#proofs = [...notes.proofs];
  }

  get all(): Notes {
    const [roots, credits, payments] = [this.#roots, this.#credits, this.#payments];
    return { roots, credits, payments, demands: this.#demands, proofs: this.#proofs };
  }

  root(draft: RootDraft, { root, hash, digest }: CutRoot, isOwed: (nonce: number) => boolean): void {
    const { epoch, parent, seq, timeMs, depositCursor } = draft;
    const withdrawals = draft.withdrawals.map((each) => ({
      nonce: each.nonce,
      seq: each.seq,
      isOwed: isOwed(each.nonce),
    }));
    const sums = root.sums.map(String);
    this.#roots.push({ epoch, parent, seq, timeMs, depositCursor, hash, digest, sums, withdrawals });
    if (this.#roots.length > ROOTS_MAX) this.#roots.shift();
  }

  rootAt(seq: number): OwnRoot | undefined {
    return this.#roots.find((each) => each.seq === seq);
  }

  /** One that the chain took back gives its number to the next. */
  credit(note: CreditNote): void {
    this.#credits = [...this.#credits.filter(({ id }) => id !== note.id), note];
  }

  /** What was found in the vault, credited up to here, need not be looked for again. */
  creditsFound(seqMax: number): void {
    this.#credits = this.#credits.filter(({ seq }) => seq > seqMax);
  }

  /** One that was taken back and is paid again is noted again. */
  payment(note: PaymentNote): void {
    this.#payments = [...this.#payments.filter(({ nonce }) => nonce !== note.nonce), note];
  }

  /** The journal says itself that it was not paid after all: it is owed, and in every root again. */
  reopened(nonce: number): void {
    this.#payments = this.#payments.filter((each) => each.nonce !== nonce);
  }

  /** What the vault has paid, up to here, need not be looked for again. */
  paymentsFound(seqMax: number): void {
    this.#payments = this.#payments.filter(({ seq }) => seq > seqMax);
  }

  demand(note: DemandNote): void {
    this.#demands.push(note);
  }

  /** What the vault has of demands that were served, up to here, need not be looked for again. */
  demandsFound(seqMax: number): void {
    this.#demands = this.#demands.filter(({ seq }) => seq > seqMax);
  }

  /** What was given by nobody, at or before a sequence: the first sentence of it. */
  forgedBy(seqMax: number): string | undefined {
    return this.#proofs.find(({ seq, verdict }) => verdict === 'bad' && seq <= seqMax)?.sentence;
  }

  /** A later word on a command takes the place of an earlier one; of good ones nothing is kept, and a bad one for ever. */
  proof(note: ProofNote): void {
    this.#proofs = this.#proofs.filter(({ seq }) => seq !== note.seq);
    if (note.verdict !== 'good') this.#proofs.push(note);
    if (this.#proofs.length > PROOFS_MAX) this.#proofs.splice(this.#proofs.findIndex(isOfContract), 1);
  }
}

function isOfContract({ verdict }: ProofNote): boolean {
  return verdict === 'asked';
}
