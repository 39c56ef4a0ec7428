import { createHash } from 'node:crypto';
import { assert } from '../units/assert.ts';

/** A full subtree: how many records lie below it, and its root. */
export interface Subtree {
  readonly size: number;
  readonly hash: string;
}

/**
 * The Merkle tree of RFC 6962 over the records' hashes, kept as the roots of its full subtrees, largest first: one for
 * each bit of the size, so that the log grows without its past being read again.
 *
 * A leaf is the record's hash and not its text, so that a record can be withheld from a reader and still be counted.
 */
export class Merkle {
  readonly #subtrees: Subtree[];

  constructor(subtrees: readonly Subtree[] = []) {
    this.#subtrees = [...subtrees];
  }

  get subtrees(): readonly Subtree[] {
    return this.#subtrees;
  }

  get size(): number {
    return this.#subtrees.reduce((sum, { size }) => sum + size, 0);
  }

  /** @param hash of the next record, 64 hex digits */
  append(hash: string): void {
    let last: Subtree = { size: 1, hash: leafHash(hash) };
    while (this.#subtrees.at(-1)?.size === last.size) {
      const left = this.#subtrees.pop()!;
      last = { size: left.size * 2, hash: nodeHash(left.hash, last.hash) };
    }
    this.#subtrees.push(last);
  }

  /** @fails AssertionError on a tree of nothing */
  root(): string {
    const last = this.#subtrees.at(-1);
    assert(last !== undefined, 'a tree of nothing has no root');
    return this.#subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(left.hash, right), last.hash);
  }
}

/** The first byte keeps a leaf from being taken for a node. */
function leafHash(hash: string): string {
  return digest(0, hash);
}

function nodeHash(left: string, right: string): string {
  return digest(1, left + right);
}

function digest(prefix: number, hex: string): string {
  return createHash('sha256').update(Uint8Array.of(prefix)).update(Buffer.from(hex, 'hex')).digest('hex');
}
