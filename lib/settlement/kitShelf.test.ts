import { expect, test } from 'vitest';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import {
  BYTES_MAX,
  type KeptProof,
  keepProof,
  keptProofs,
  PROOFS_MAX,
  type Shelf,
  splitByFinal,
} from './kitShelf.ts';

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

const epochsOf = (proofs: readonly KeptProof[]) => proofs.map(({ proof }) => proof.epoch);

test('of final roots an account keeps the newest proof, whichever case its vault is written in', () => {
  const shelf = shelfOf();
  keepProof(shelf, keptOf(1, 5), true);
  keepProof(shelf, keptOf(2, 5), true);
  keepProof(shelf, keptOf(1, 6), true);
  expect(epochsOf(keptProofs(shelf, vault.toLowerCase()))).toEqual([6, 5]);
  expect(keptProofs(shelf, `0x${'1'.repeat(40)}`)).toEqual([]);
});

test('a root that is posted stands beside the final one, and takes its place once it is final', () => {
  const shelf = shelfOf();
  keepProof(shelf, keptOf(1, 5), true);
  keepProof(shelf, keptOf(1, 6), false);
  keepProof(shelf, keptOf(1, 6), false);
  const both = keptProofs(shelf, vault);
  expect(epochsOf(both)).toEqual([6, 5]);
  const { kept, ahead } = splitByFinal(both, 5, [6]);
  expect([epochsOf(kept), epochsOf(ahead)]).toEqual([[5], [6]]);
  // The desk is gone and the dispute is over: the vault freezes at the one that was ahead.
  expect(epochsOf(splitByFinal(both, 6, []).kept)).toEqual([6]);
  keepProof(shelf, keptOf(1, 6), true);
  expect(epochsOf(keptProofs(shelf, vault))).toEqual([6]);
});

test('what a sandbox before this one left behind is not ahead of its roots', () => {
  const shelf = shelfOf();
  keepProof(shelf, keptOf(1, 40), true);
  keepProof(shelf, keptOf(1, 2), true);
  keepProof(shelf, keptOf(1, 3), false);
  const { kept, ahead } = splitByFinal(keptProofs(shelf, vault), 2, [3]);
  expect([epochsOf(kept), epochsOf(ahead)]).toEqual([[2], [3]]);
});

test('past the most that is kept, the oldest go', () => {
  const shelf = shelfOf();
  for (let account = 0; account <= PROOFS_MAX; account++) keepProof(shelf, keptOf(account, 5), true);
  const labels = keptProofs(shelf, vault).map(({ label }) => label);
  expect(labels).toHaveLength(PROOFS_MAX);
  expect(labels).not.toContain('Account 0');
});

test('large ones make room by their size, and one that is too large is not kept', () => {
  const shelf = shelfOf();
  const half = 'x'.repeat(BYTES_MAX / 2);
  for (const account of [1, 2, 3]) keepProof(shelf, keptOf(account, account, half), true);
  expect(keptProofs(shelf, vault).map(({ label }) => label)).toEqual(['Account 3']);
  expect(keepProof(shelf, keptOf(4, 9, half + half), true)).toBe(false);
});

test('a browser without room says so, and what cannot be read is no proof', () => {
  expect(keepProof(shelfOf(10), keptOf(1, 5), true)).toBe(false);
  const shelf = shelfOf();
  shelf.texts.set(`ballast.exit.${vault.toLowerCase()}.0x1`, '{');
  expect(keptProofs(shelf, vault)).toEqual([]);
});
