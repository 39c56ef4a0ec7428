import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { DecideDraftWire } from '../../protocol/wire/firm.ts';
import { DAY_MS } from '../../units/time.ts';
import type { Spending } from './rules.ts';

/** Names a proposal for good: a desk whose journal began anew counts from 1 again. */
export interface ProposalKey {
  readonly proposal: number;
  readonly proposedMs: number;
}

/** A decision, with all that is signed; `spends` of what is approved. */
export interface Decided extends ProposalKey {
  readonly is: 'decided';
  readonly atMs: number;
  readonly terms: DecideDraftWire;
  /** EIP-712 hash of what is signed. */
  readonly hash: string;
  readonly summary: string;
  readonly spends: Spending | null;
}

export interface Signed {
  readonly is: 'signed';
  readonly hash: string;
  readonly signature: string;
}

/** `counted`: the desk has it. `lapsed`: its deadline passed and it counted nothing, so it never will. */
export interface Ended {
  readonly is: 'ended';
  readonly hash: string;
  readonly outcome: 'counted' | 'lapsed' | 'refused' | 'late';
  /** The desk's code, or how the proposal ended. */
  readonly code: string;
}

/** Left to people, and why. */
export interface Left extends ProposalKey {
  readonly is: 'left';
  readonly why: string;
}

type Entry = Decided | Signed | Ended | Left;

/** A decision and how far it came. */
export interface Begun {
  readonly decided: Decided;
  signature: string | undefined;
  ended: Ended | undefined;
}

/**
 * What a co-signer has decided, signed and heard back, a line each, durable before the next step. A last line that was
 * cut short was never acted on, and is dropped.
 */
export class CosignerRecord {
  readonly #file: number;
  readonly #begun: Begun[] = [];
  readonly #left = new Set<string>();

  /** @param dir made when it is not there; nobody else may write to it */
  constructor(dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const name = path.join(dir, 'record.jsonl');
    this.#file = openSync(name, 'a+', 0o600);
    const text = readFileSync(this.#file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) ftruncateSync(this.#file, Buffer.byteLength(whole));
    for (const line of whole.split('\n')) if (line !== '') this.#keep(JSON.parse(line) as Entry);
    const folder = openSync(dir, 'r');
    fsyncSync(folder);
    closeSync(folder);
  }

  /** Durable on return. */
  write(entry: Entry): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    fdatasyncSync(this.#file);
    this.#keep(entry);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** The last decision on a proposal; undefined where there is none that can count. */
  of({ proposal, proposedMs }: ProposalKey): Begun | undefined {
    return this.#begun.findLast(
      ({ decided, ended }) =>
        decided.proposal === proposal && decided.proposedMs === proposedMs && ended?.outcome !== 'lapsed',
    );
  }

  /** Decided, and it is not known what became of it; oldest first. */
  get open(): readonly Begun[] {
    return this.#begun.filter(({ ended }) => ended === undefined);
  }

  hasLeft(left: Left): boolean {
    return this.#left.has(leftKey(left));
  }

  /** The last nonce that was signed with, 0 before there is one. */
  get lastNonce(): number {
    return Math.max(0, ...this.#begun.map(({ decided }) => decided.terms.nonce));
  }

  /** All that was approved in the UTC day of a moment, whatever became of it later, but for what lapsed uncounted. */
  spentOn(asset: string, atMs: number): number {
    const day = Math.floor(atMs / DAY_MS);
    const counts = this.#begun.filter(
      ({ decided, ended }) => Math.floor(decided.atMs / DAY_MS) === day && ended?.outcome !== 'lapsed',
    );
    return counts.reduce(
      (sum, { decided: { spends } }) => sum + (spends?.asset === asset ? spends.amount : 0),
      0,
    );
  }

  #keep(entry: Entry): void {
    if (entry.is === 'decided') this.#begun.push({ decided: entry, signature: undefined, ended: undefined });
    else if (entry.is === 'left') this.#left.add(leftKey(entry));
    else {
      const begun = this.#begun.findLast(({ decided }) => decided.hash === entry.hash);
      if (begun === undefined) throw new Error(`The record has no decision of hash ${entry.hash}.`);
      if (entry.is === 'signed') begun.signature = entry.signature;
      else begun.ended = entry;
    }
  }
}

function leftKey({ proposal, proposedMs, why }: Left): string {
  return `${proposal} ${proposedMs} ${why}`;
}
