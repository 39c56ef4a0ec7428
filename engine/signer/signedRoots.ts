import { mkdirSync } from 'node:fs';
import { createDurably, type Disk, pathIn, readWhole } from '../journal/disk.ts';
import type { HexWord } from '../protocol/settlement/root.ts';

/** A root this key has signed. */
export interface SignedNote {
  readonly epoch: number;
  readonly parent: HexWord;
  readonly hash: HexWord;
  /** Engine time of it, seconds. */
  readonly timeS: number;
}

export interface Bounds {
  readonly lagS: number;
  readonly leadS: number;
}

const NAME = 'signed.json';
const KEPT_MAX = 256;
const DIR_MODE = 0o700;

/**
 * What a key has signed, on disk before the signature exists: two roots of one epoch on one parent, both of a time at
 * which the vault could take either, prove a signer false and freeze the vault.
 */
export class SignedRoots {
  readonly #disk: Disk;
  readonly #dir: string;
  #signed: SignedNote[];

  /** @fails with a sentence where there is a file that cannot be read: then nothing may be signed */
  constructor(disk: Disk, dir: string) {
    this.#disk = disk;
    this.#dir = dir;
    mkdirSync(dir, { recursive: true, mode: DIR_MODE });
    this.#signed = readSigned(disk, pathIn(dir, NAME));
  }

  /**
   * Those that stand in the way of another root of their epoch: other ones on the same parent that the vault could still
   * take when it takes this one.
   */
  against({ epoch, parent, hash, timeS }: SignedNote, { lagS, leadS }: Bounds): SignedNote[] {
    return this.#signed.filter(
      (each) =>
        each.epoch === epoch &&
        each.parent === parent &&
        each.hash !== hash &&
        Math.abs(timeS - each.timeS) <= lagS + leadS,
    );
  }

  /** Durable on return. */
  note(signed: SignedNote): void {
    if (this.#signed.some(({ hash }) => hash === signed.hash)) return;
    const next = [...this.#signed, signed].slice(-KEPT_MAX);
    const unfinished = `${NAME}.unfinished`;
    if (this.#disk.exists(pathIn(this.#dir, unfinished))) this.#disk.unlink(pathIn(this.#dir, unfinished));
    createDurably(this.#disk, this.#dir, unfinished, Buffer.from(JSON.stringify(next), 'utf8'));
    this.#disk.rename(pathIn(this.#dir, unfinished), pathIn(this.#dir, NAME));
    this.#disk.syncDir(this.#dir);
    this.#signed = next;
  }
}

function readSigned(disk: Disk, file: string): SignedNote[] {
  if (!disk.exists(file)) return [];
  try {
    const signed: unknown = JSON.parse(readWhole(disk, file).toString('utf8'));
    if (Array.isArray(signed)) return signed as SignedNote[];
  } catch {
    // Said below, with the way out.
  }
  throw new Error(
    `${NAME} cannot be read, so nobody knows what this key has signed. Bring it back from a copy, or give the signer another key.`,
  );
}
