// Goal: the tree that roots are made of is the tree that the vault checks, and no other amount than the one in it can be
// shown. How: against a tree that reads like the definition, and by changing every part of a path that holds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnLeaves } from '../../lab/fixtures/leaves.ts';
import { PlainSumTree, parentNode } from '../../lab/twins/plainSumTree.ts';
import { ENTITLED_LIMIT, type Leaf, type LeafPath, TREE_DEPTH } from '../../protocol/settlement/root.ts';
import { topOf, verifyLeaf } from '../../protocol/settlement/verifyLeaf.ts';
import { sumTree } from './sumTree.ts';

const WIDTH = 3;

function drawnTree(seed: number, count: number) {
  const leaves = drawnLeaves(seed, count, WIDTH);
  return { leaves, tree: sumTree(leaves, WIDTH) };
}

/** A leaf's index, its leaf and its path, from a tree of some leaves. */
const anyLeaf = fc
  .record({ seed: fc.nat(), count: fc.integer({ min: 1, max: 9 }), pick: fc.nat() })
  .map((it) => {
    const { leaves, tree } = drawnTree(it.seed, it.count);
    const index = it.pick % it.count;
    return { leaf: leaves[index]!, path: tree.pathOf(index), root: tree.root, index };
  });

const level = fc.integer({ min: 0, max: TREE_DEPTH - 1 });
const asset = fc.integer({ min: 0, max: WIDTH - 1 });

function withSum(path: LeafPath, place: number, by: bigint): LeafPath {
  return { ...path, sums: path.sums.map((sum, at) => (at === place ? sum + by : sum)) };
}

function withEntitled(leaf: Leaf, place: number, by: bigint): Leaf {
  return { ...leaf, entitled: leaf.entitled.map((units, at) => (at === place ? units + by : units)) };
}

test('the fast tree is the plain one: root, sums, halves and every path', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 17 }), (seed, count) => {
      const { leaves, tree } = drawnTree(seed, count);
      const plain = new PlainSumTree(leaves, WIDTH);
      expect({ hash: tree.root, sums: tree.sums }).toEqual(plain.nodeAt(TREE_DEPTH, 0));
      expect(tree.left).toEqual(plain.nodeAt(TREE_DEPTH - 1, 0));
      expect(tree.right).toEqual(plain.nodeAt(TREE_DEPTH - 1, 1));
      for (const index of leaves.keys()) expect(tree.pathOf(index)).toEqual(plain.pathOf(index));
    }),
    { numRuns: 12 },
  );
});

test('a tree of one asset, and of eight', () => {
  for (const width of [1, 8]) {
    const leaves = drawnLeaves(7, 5, width);
    const tree = sumTree(leaves, width);
    expect({ hash: tree.root, sums: tree.sums }).toEqual(
      new PlainSumTree(leaves, width).nodeAt(TREE_DEPTH, 0),
    );
    for (const [index, leaf] of leaves.entries())
      expect(verifyLeaf(leaf, tree.pathOf(index), tree.root)).toBe(true);
  }
});

test('sums past 64 bits are carried', () => {
  const leaves = drawnLeaves(1, 6, 2).map((leaf) => ({
    ...leaf,
    entitled: [ENTITLED_LIMIT - 1n, 2n ** 32n - 1n],
  }));
  const tree = sumTree(leaves, 2);
  expect(tree.sums).toEqual([6n * (ENTITLED_LIMIT - 1n), 6n * (2n ** 32n - 1n)]);
  expect(tree.root).toBe(new PlainSumTree(leaves, 2).nodeAt(TREE_DEPTH, 0).hash);
});

test('every leaf is proved by its path, and found by its name', () => {
  const { leaves, tree } = drawnTree(3, 300);
  for (const [index, leaf] of leaves.entries()) {
    expect(tree.indexOf(leaf.sub)).toBe(index);
    expect(topOf(leaf, tree.pathOf(index))).toEqual({ hash: tree.root, sums: tree.sums });
  }
  expect(tree.indexOf(`0x${'f'.repeat(64)}`)).toBeUndefined();
  expect(() => tree.pathOf(300)).toThrow('a path is of a leaf');
});

describe('no other path or leaf is proved', () => {
  const refused = (leaf: Leaf, path: LeafPath, root: string) =>
    expect(verifyLeaf(leaf, path, root)).toBe(false);

  test('T10: a sum beside the way is one unit more or less, at any level', () => {
    fc.assert(
      fc.property(anyLeaf, level, asset, fc.boolean(), ({ leaf, path, root }, at, of, isMore) => {
        refused(leaf, withSum(path, at * WIDTH + of, isMore ? 1n : -1n), root);
      }),
    );
  });

  test('T24: units move from a neighbour to the leaf, and every total stays', () => {
    fc.assert(
      fc.property(anyLeaf, asset, fc.bigInt({ min: 1n, max: 1_000n }), ({ leaf, path, root }, of, by) => {
        const forgedPath = withSum(path, of, -by);
        const forgedLeaf = withEntitled(leaf, of, by);
        refused(forgedLeaf, forgedPath, root);
        // A tree whose nodes hash their own total alone would believe it: the totals are those of the root.
        const [leafSum, besideSum] = [forgedLeaf.entitled[of]!, forgedPath.sums[of]!];
        expect(leafSum + besideSum).toBe(leaf.entitled[of]! + path.sums[of]!);
      }),
    );
  });

  test('T10: another amount, detail or name in the leaf', () => {
    fc.assert(
      fc.property(anyLeaf, asset, ({ leaf, path, root }, of) => {
        refused(withEntitled(leaf, of, 1n), path, root);
        refused({ ...leaf, detail: `0x${'0'.repeat(63)}1` }, path, root);
        refused({ ...leaf, sub: `0x${'e'.repeat(64)}` }, path, root);
      }),
    );
  });

  test('T10: siblings of two levels change places', () => {
    fc.assert(
      fc.property(anyLeaf, level, ({ leaf, path, root }, at) => {
        const siblings = [...path.siblings];
        const other = (at + 1) % TREE_DEPTH;
        [siblings[at], siblings[other]] = [siblings[other]!, siblings[at]!];
        refused(leaf, { ...path, siblings }, root);
      }),
    );
  });

  test('T10: left and right change places', () => {
    fc.assert(
      fc.property(anyLeaf, level, ({ leaf, path, root }, at) => {
        refused(leaf, { ...path, index: path.index ^ (2 ** at) }, root);
      }),
    );
  });

  test('T10: two leaves are shown as one that has what both have', () => {
    const { leaves, tree } = drawnTree(5, 4);
    const [first, second] = leaves as [Leaf, Leaf];
    const both = parentNode(
      { hash: first.sub, sums: first.entitled },
      { hash: first.sub, sums: second.entitled },
    );
    const { siblings, sums } = tree.pathOf(0);
    const above = { index: 0, siblings: siblings.slice(1), sums: sums.slice(WIDTH) };
    const oneLower = {
      index: 0,
      siblings: [siblings[0]!, ...above.siblings],
      sums: [...both.sums, ...above.sums],
    };
    refused({ ...first, entitled: both.sums }, above, tree.root);
    refused({ ...first, entitled: both.sums }, oneLower, tree.root);
  });

  test('T10: an index past the tree', () => {
    const { leaves, tree } = drawnTree(5, 4);
    const path = tree.pathOf(1);
    for (const index of [2 ** TREE_DEPTH + 1, 2 ** 32 + 1, -1, 0.5, Number.NaN])
      refused(leaves[1]!, { ...path, index }, tree.root);
  });

  test('a path of another length, and what is no number or hash', () => {
    const { leaves, tree } = drawnTree(5, 4);
    const [leaf, path] = [leaves[1]!, tree.pathOf(1)];
    refused(leaf, { ...path, siblings: path.siblings.slice(1) }, tree.root);
    refused(leaf, { ...path, siblings: [...path.siblings, path.siblings[0]!] }, tree.root);
    refused(leaf, { ...path, sums: path.sums.slice(1) }, tree.root);
    refused({ ...leaf, entitled: leaf.entitled.slice(1) }, path, tree.root);
    refused({ ...leaf, sub: leaf.sub.toUpperCase() }, path, tree.root);
    refused({ ...leaf, detail: '0x' }, path, tree.root);
    refused(leaf, { ...path, siblings: path.siblings.map((hash) => hash.slice(1)) }, tree.root);
  });

  test('a sum that wraps around the vault’s numbers', () => {
    const { leaves, tree } = drawnTree(5, 4);
    const path = tree.pathOf(1);
    const most = (1n << 128n) - 1n - tree.sums[0]!;
    expect(topOf(leaves[1]!, withSum(path, 0, most))?.sums[0]).toBe((1n << 128n) - 1n);
    expect(topOf(leaves[1]!, withSum(path, 0, most + 1n))).toBeUndefined();
    expect(topOf(leaves[1]!, withSum(path, 0, 1n << 128n))).toBeUndefined();
  });
});

describe('no tree is made', () => {
  const [first, second] = drawnLeaves(9, 2, WIDTH) as [Leaf, Leaf];

  test.each([
    ['of a subaccount that is there twice', [first, first], 'ascending order'],
    ['of leaves out of order', [second, first], 'ascending order'],
    ['of a leaf of another width', [first, { ...second, entitled: [1n] }], 'each asset'],
    ['of an amount below zero', [withEntitled(first, 0, -1n - first.entitled[0]!)], 'uint96'],
    ['of an amount past uint96', [withEntitled(first, 0, ENTITLED_LIMIT)], 'uint96'],
    ['of a detail that is no hash', [{ ...first, detail: '0x12' }], 'a detail is 32 bytes'],
    ['of a name that is no subaccount', [{ ...first, sub: '0x12' }], 'a subaccount’s id'],
  ])('%s', (_words, leaves, sentence) => {
    expect(() => sumTree(leaves, WIDTH)).toThrow(sentence);
  });

  test('of more leaves than it has room for', () => {
    expect(() => sumTree(Array<Leaf>(2 ** TREE_DEPTH + 1).fill(first), WIDTH)).toThrow('2^20');
  });
});
