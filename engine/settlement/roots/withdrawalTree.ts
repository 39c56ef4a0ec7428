import type { HexWord, VaultWithdrawal } from '../../protocol/settlement/root.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { assert } from '../../units/assert.ts';
import { keccak } from './keccak.ts';
import { withdrawalDigest } from './rootHash.ts';

/** All authorised and unpaid withdrawals of one root, as the vault's library verifies them. */
export interface WithdrawalTree {
  /** Zeros where there are none: no proof leads there. */
  readonly root: HexWord;
  /** By ascending nonce. */
  readonly withdrawals: readonly VaultWithdrawal[];
  /**
   * Siblings from the leaf up.
   *
   * @returns undefined where no withdrawal has that nonce
   */
  proofOf(nonce: number): HexWord[] | undefined;
}

const ZEROS = `0x${'0'.repeat(64)}`;

/**
 * A pair is hashed with the lesser hash first, one that is alone goes up as it is. Leaves are digests of 66 bytes, nodes
 * hashes of 64: neither passes for the other.
 *
 * @param withdrawals in any order; the tree has them by nonce, so that everybody makes the same one
 * @fails AssertionError where a nonce is there twice
 */
export function withdrawalTree(domain: VaultDomain, withdrawals: readonly VaultWithdrawal[]): WithdrawalTree {
  const sorted = [...withdrawals].sort((a, b) => a.nonce - b.nonce);
  const places = new Map(sorted.map(({ nonce }, index) => [nonce, index]));
  assert(places.size === sorted.length, 'a withdrawal has a nonce of its own');
  const levels: HexWord[][] = [sorted.map((withdrawal) => withdrawalDigest(domain, withdrawal))];
  for (let level = levels[0]!; level.length > 1; ) {
    level = levelAbove(level);
    levels.push(level);
  }
  return {
    root: levels.at(-1)![0] ?? ZEROS,
    withdrawals: sorted,
    proofOf: (nonce) => {
      const place = places.get(nonce);
      if (place === undefined) return undefined;
      const beside = levels.map((level, height) => level[Math.floor(place / 2 ** height) ^ 1]);
      return beside.filter((hash) => hash !== undefined);
    },
  };
}

function levelAbove(below: readonly HexWord[]): HexWord[] {
  const above: HexWord[] = [];
  for (let index = 0; index < below.length; index += 2) {
    const [left, right] = [below[index]!, below[index + 1]];
    above.push(right === undefined ? left : pairHash(left, right));
  }
  return above;
}

function pairHash(one: HexWord, other: HexWord): HexWord {
  const digits = one < other ? one.slice(2) + other.slice(2) : other.slice(2) + one.slice(2);
  return `0x${Buffer.from(keccak(Buffer.from(digits, 'hex'))).toString('hex')}`;
}
