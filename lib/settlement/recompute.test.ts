// Goal: a balance is proved only when every field that the proof is made of is the true one.
import { expect, test } from 'vitest';
import { drawnLeaves } from '../../engine/lab/fixtures/leaves.ts';
import { PlainSumTree } from '../../engine/lab/twins/plainSumTree.ts';
import { detailOf } from '../../engine/protocol/settlement/accountState.ts';
import { TREE_DEPTH } from '../../engine/protocol/settlement/root.ts';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import { rootHashOf } from './readVault.ts';
import { recompute } from './recompute.ts';

const zero = `0x${'0'.repeat(64)}`;
const salt = `0x${'5'.repeat(64)}`;
const text = '{"account":8}';
const leaves = drawnLeaves(7, 5, 2).map((leaf) => ({ ...leaf, detail: detailOf({ salt, text }) }));
const tree = new PlainSumTree(leaves, 2);

function proofOf(place: number): ProofView {
  const { hash, sums } = tree.nodeAt(TREE_DEPTH, 0);
  const path = tree.pathOf(place);
  const { sub, detail, entitled } = leaves[place]!;
  const root = {
    ...{ accountsRoot: hash, withdrawalsRoot: zero, stateHash: zero, journalHead: zero, metaHash: zero },
    ...{
      epoch: 3,
      seq: 88,
      engineTime: 1_700_000_000,
      depositCursor: 5,
      sums: sums.map(String),
      parent: zero,
    },
  };
  const proof = {
    ...{ epoch: 3, chainId: 31_337, vault: '0x5fbdb2315678afecb367f032d93f642f64180aa3', hash: '', root },
    leaf: { sub, detail, entitled: entitled.map(String) },
    path: { index: path.index, siblings: [...path.siblings], sums: path.sums.map(String) },
    ...{ salt, state: text },
  };
  return { ...proof, hash: rootHashOf(proof) };
}

test('a true proof is in its root, and the sums on the way grow to the total', () => {
  for (const place of leaves.keys()) {
    const proof = proofOf(place);
    const found = recompute(proof, rootHashOf);
    expect([found.isDetail, found.isInRoot, found.isRootHash]).toEqual([true, true, true]);
    expect(found.levels).toHaveLength(TREE_DEPTH);
    expect(found.levels.at(-1)?.sums.map(String)).toEqual(proof.root.sums);
  }
});

test('the first step of an even leaf has its sibling on the right, of an odd one on the left', () => {
  const sides = [0, 1].map((place) => recompute(proofOf(place), rootHashOf).levels[0]?.isRight);
  expect(sides).toEqual([true, false]);
});

const one = `0x${'1'.repeat(64)}`;
const more = (units: string | undefined) => String(BigInt(units!) + 1n);

test.each<[string, (proof: ProofView) => Partial<ProofView>]>([
  [
    'another amount',
    ({ leaf }) => ({ leaf: { ...leaf, entitled: leaf.entitled.with(0, more(leaf.entitled[0])) } }),
  ],
  [
    'another sum beside it',
    ({ path }) => ({ path: { ...path, sums: path.sums.with(3, more(path.sums[3])) } }),
  ],
  ['another sibling', ({ path }) => ({ path: { ...path, siblings: path.siblings.with(4, one) } })],
  ['another total', ({ root }) => ({ root: { ...root, sums: root.sums.with(1, more(root.sums[1])) } })],
  ['another place', ({ path }) => ({ path: { ...path, index: path.index + 1 } })],
  ['a sibling too few', ({ path }) => ({ path: { ...path, siblings: path.siblings.slice(1) } })],
])('%s is not in the root', (_, change) => {
  const proof = proofOf(1);
  expect(recompute({ ...proof, ...change(proof) }, rootHashOf).isInRoot).toBe(false);
});

test('a root with another sequence has another hash', () => {
  const proof = proofOf(1);
  const found = recompute({ ...proof, root: { ...proof.root, seq: 89 } }, rootHashOf);
  expect([found.isInRoot, found.isRootHash]).toEqual([true, false]);
});

test.each([
  ['state', { state: '{"account":9}' }],
  ['salt', { salt: zero }],
])('another %s is not what the leaf commits to', (_, change) => {
  const found = recompute({ ...proofOf(1), ...change }, rootHashOf);
  expect([found.isDetail, found.isInRoot]).toEqual([false, true]);
});
