// Goal: two who replay the same journal make the same root, and every withdrawal in it is proved as the vault's library
// proves it. How: the same draft in another order, and proofs folded by the library's own rule.
import { concat, type Hex, keccak256 } from 'viem';
import { describe, expect, test } from 'vitest';
import { drawnLeaves } from '../../lab/fixtures/leaves.ts';
import { drawnRoot, drawnWithdrawal } from '../../lab/fixtures/roots.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import type { RootDraft } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { verifyLeaf } from '../../protocol/settlement/verifyLeaf.ts';
import { rootDigest, rootStructHash, withdrawalDigest } from './rootHash.ts';
import { rootOfDraft } from './rootOfDraft.ts';
import { withdrawalTree } from './withdrawalTree.ts';

const DOMAIN = vaultDomain(31_337, `0x${'5f'.repeat(20)}`);
const ZEROS = `0x${'0'.repeat(64)}`;

function draftOf(withdrawalCount: number): RootDraft {
  const random = randomFrom(withdrawalCount);
  const { epoch, parent, seq, depositCursor, stateHash, journalHead, metaHash } = drawnRoot(random);
  return {
    ...{ epoch, parent, seq, depositCursor, stateHash, journalHead, metaHash },
    timeMs: 1_800_000_000_999,
    leaves: drawnLeaves(11, 7, 5),
    withdrawals: Array.from({ length: withdrawalCount }, (_, index) => drawnWithdrawal(random, index + 1)),
  };
}

/** As the library of the vault does: the lesser hash first. */
function folded(leaf: string, proof: readonly string[]): string {
  return proof.reduce((hash, beside) => {
    const [low, high] = BigInt(hash) < BigInt(beside) ? [hash, beside] : [beside, hash];
    return keccak256(concat([low as Hex, high as Hex]));
  }, leaf);
}

test('a root is its draft’s, in whatever order leaves and withdrawals come', () => {
  const draft = draftOf(6);
  const cut = rootOfDraft(draft, DOMAIN);
  const turned = { ...draft, leaves: draft.leaves.toReversed(), withdrawals: draft.withdrawals.toReversed() };
  const again = rootOfDraft(turned, DOMAIN);
  expect(again.root).toEqual(cut.root);
  expect([again.hash, again.digest]).toEqual([cut.hash, cut.digest]);
  const { accountsRoot, withdrawalsRoot, engineTime, sums, ...rest } = cut.root;
  const { leaves, withdrawals, timeMs, ...given } = draft;
  expect(rest).toEqual(given);
  expect(engineTime).toBe(Math.floor(timeMs / 1_000));
  expect(sums[0]).toBe(leaves.reduce((sum, leaf) => sum + leaf.entitled[0]!, 0n));
  for (const [index, leaf] of cut.accounts.leaves.entries())
    expect(verifyLeaf(leaf, cut.accounts.pathOf(index), accountsRoot)).toBe(true);
  expect(withdrawalsRoot).toBe(withdrawalTree(DOMAIN, withdrawals).root);
});

test('every field of a root is in its hash, and the vault and chain in what is signed', () => {
  const root = drawnRoot(randomFrom(1));
  const hashes = Object.keys(root).map((key) => {
    const value = root[key as keyof typeof root];
    if (typeof value === 'number') return rootStructHash({ ...root, [key]: value + 1 });
    if (typeof value === 'string') return rootStructHash({ ...root, [key]: keccak256(value as Hex) });
    return rootStructHash({ ...root, [key]: [...value.slice(1), value[0]! ^ 1n] });
  });
  hashes.push(rootStructHash(root));
  expect(new Set(hashes).size).toBe(Object.keys(root).length + 1);
  const domains = [DOMAIN, { ...DOMAIN, chainId: 1 }, vaultDomain(31_337, `0x${'60'.repeat(20)}`)];
  expect(new Set(domains.map((domain) => rootDigest(domain, root))).size).toBe(3);
});

describe('withdrawals', () => {
  test.each([1, 2, 3, 4, 5, 8, 13, 100])('of %i each is proved', (count) => {
    const { withdrawals } = draftOf(count);
    const tree = withdrawalTree(DOMAIN, withdrawals);
    for (const withdrawal of withdrawals) {
      const proof = tree.proofOf(withdrawal.nonce)!;
      expect(folded(withdrawalDigest(DOMAIN, withdrawal), proof)).toBe(tree.root);
      expect(
        folded(withdrawalDigest(DOMAIN, { ...withdrawal, amount: withdrawal.amount + 1n }), proof),
      ).not.toBe(tree.root);
    }
    expect(tree.withdrawals.map(({ nonce }) => nonce)).toEqual(withdrawals.map(({ nonce }) => nonce));
    expect(tree.proofOf(count + 1)).toBeUndefined();
  });

  test('where there are none the root is zeros', () => {
    expect(withdrawalTree(DOMAIN, []).root).toBe(ZEROS);
  });

  test('one nonce is one withdrawal', () => {
    const [first] = draftOf(1).withdrawals;
    expect(() => withdrawalTree(DOMAIN, [first!, { ...first!, amount: 1n }])).toThrow('a nonce of its own');
  });
});

test('a draft without leaves, or with one twice, makes no root', () => {
  const draft = draftOf(0);
  expect(() => rootOfDraft({ ...draft, leaves: [] }, DOMAIN)).toThrow('accounts of its own');
  expect(() => rootOfDraft({ ...draft, leaves: [...draft.leaves, draft.leaves[2]!] }, DOMAIN)).toThrow(
    'ascending',
  );
});
