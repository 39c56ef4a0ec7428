import { expect, test } from 'vitest';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import { BYTES_MAX, KEPT_MAX, type KeptProof, keepProof, keptProofs, type Shelf } from './kitShelf.ts';

const vault = '0x5FbDB2315678afecb367f032d93f642f64180aa3';

/** A browser's shelf with room for so many characters. */
function shelfOf(room = Number.MAX_SAFE_INTEGER): Shelf & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get length() {
      return texts.size;
    },
    key: (place) => [...texts.keys()][place] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    removeItem: (key) => void texts.delete(key),
    setItem: (key, text) => {
      const used = [...texts.values()].reduce((sum, each) => sum + each.length, 0);
      if (used + text.length > room) throw new Error('QuotaExceededError');
      texts.set(key, text);
    },
  };
}

function keptOf(account: number, epoch: number, state = ''): KeptProof {
  const sub = `0x${'a'.repeat(40)}${account.toString(16).padStart(24, '0')}`;
  const proof = { epoch, vault, leaf: { sub, detail: '', entitled: [] }, state } as unknown as ProofView;
  return { proof, label: `Account ${account}`, keptMs: epoch * 1_000 + account, paid: undefined };
}

test('of an account only the newest proof is kept, whichever case its vault is written in', () => {
  const shelf = shelfOf();
  keepProof(shelf, keptOf(1, 5));
  keepProof(shelf, keptOf(1, 6));
  expect(keptProofs(shelf, vault.toLowerCase()).map(({ proof }) => proof.epoch)).toEqual([6]);
  expect(keptProofs(shelf, `0x${'1'.repeat(40)}`)).toEqual([]);
});

test('past the most that is kept, the oldest go', () => {
  const shelf = shelfOf();
  for (let account = 0; account <= KEPT_MAX; account++) keepProof(shelf, keptOf(account, 5));
  const labels = keptProofs(shelf, vault).map(({ label }) => label);
  expect(labels).toHaveLength(KEPT_MAX);
  expect(labels).not.toContain('Account 0');
});

test('large ones make room by their size, and one that is too large is not kept', () => {
  const shelf = shelfOf();
  const half = 'x'.repeat(BYTES_MAX / 2);
  for (const account of [1, 2, 3]) keepProof(shelf, keptOf(account, account, half));
  expect(keptProofs(shelf, vault).map(({ label }) => label)).toEqual(['Account 3']);
  expect(keepProof(shelf, keptOf(4, 9, half + half))).toBe(false);
});

test('a browser without room says so, and what cannot be read is no proof', () => {
  expect(keepProof(shelfOf(10), keptOf(1, 5))).toBe(false);
  const shelf = shelfOf();
  shelf.texts.set(`ballast.exit.${vault.toLowerCase()}.0x1`, '{');
  expect(keptProofs(shelf, vault)).toEqual([]);
});
