import {
  ENTITLED_LIMIT,
  type HexWord,
  type Leaf,
  type LeafPath,
  ownerOfSub,
  type SumNode,
  TREE_DEPTH,
} from '../../protocol/settlement/root.ts';
import { assert } from '../../units/assert.ts';
import { keccak } from './keccak.ts';

/**
 * The tree of accounts of one root: leaves by ascending `sub`, each once, so that a missing one is seen from its
 * neighbours. Nodes commit to the sums of both children; what stands nowhere is a zero hash with zero sums.
 */
export interface SumTree {
  readonly root: HexWord;
  /** Units of each asset over all leaves. */
  readonly sums: readonly bigint[];
  /** The two halves, which the vault adds up itself. */
  readonly left: SumNode;
  readonly right: SumNode;
  /** In the tree's order. */
  readonly leaves: readonly Leaf[];
  /** Of the leaf at this place of `leaves`. */
  pathOf(index: number): LeafPath;
  /** @returns undefined where no leaf is of that subaccount */
  indexOf(sub: HexWord): number | undefined;
}

const WORD = 32;
const HIGH = 16;
const LOW = 24;
const DIGIT = 4;
const DIGIT_LIMIT = 2 ** 32;
const LOW_BITS = 64n;
const LOW_MASK = (1n << LOW_BITS) - 1n;
const NODE_TAG = 1;
/** sub, owner, detail, and where the list of amounts begins: the words before its length. */
const LEAF_HEAD_WORDS = 4;

/**
 * Nodes of one level side by side: words of sums, then the hash, most significant byte first. So two neighbours are,
 * behind a tag, what their parent hashes.
 */
type Level = Uint8Array;

/**
 * Builds it in one pass, a level from the one below.
 *
 * @param leaves strictly ascending by `sub`
 * @param assetCount width of every leaf
 * @fails AssertionError where a leaf is of another width, out of order, there twice, or has an amount that is no uint96
 */
export function sumTree(leaves: readonly Leaf[], assetCount: number): SumTree {
  assert(leaves.length <= 2 ** TREE_DEPTH, 'a tree has no more than 2^20 leaves');
  const size = (assetCount + 1) * WORD;
  const levels: Level[] = [leafLevel(leaves, assetCount)];
  const none: Level[] = [new Uint8Array(size)];
  const input = new Uint8Array(1 + 2 * size);
  input[0] = NODE_TAG;
  for (let level = 1; level <= TREE_DEPTH; level++) {
    const empty = none[level - 1]!;
    levels.push(levelAbove(levels[level - 1]!, empty, input));
    none.push(levelAbove(empty, empty, input));
  }
  const nodeAt = (level: number, index: number): Uint8Array => {
    const nodes = levels[level]!;
    return index * size < nodes.length ? nodes.subarray(index * size, (index + 1) * size) : none[level]!;
  };
  const top = readNode(nodeAt(TREE_DEPTH, 0));
  const places = new Map(leaves.map(({ sub }, index) => [sub, index]));
  return {
    root: top.hash,
    sums: top.sums,
    left: readNode(nodeAt(TREE_DEPTH - 1, 0)),
    right: readNode(nodeAt(TREE_DEPTH - 1, 1)),
    leaves,
    indexOf: (sub) => places.get(sub),
    pathOf: (index) => {
      assert(Number.isInteger(index) && index >= 0 && index < leaves.length, 'a path is of a leaf');
      const beside = Array.from({ length: TREE_DEPTH }, (_, level) =>
        readNode(nodeAt(level, Math.floor(index / 2 ** level) ^ 1)),
      );
      return {
        index,
        siblings: beside.map(({ hash }) => hash),
        sums: beside.flatMap(({ sums }) => sums),
      };
    },
  };
}

function leafLevel(leaves: readonly Leaf[], assetCount: number): Level {
  const size = (assetCount + 1) * WORD;
  const level = new Uint8Array(leaves.length * size);
  const body = Buffer.alloc((LEAF_HEAD_WORDS + 1 + assetCount) * WORD);
  const words = new DataView(body.buffer, body.byteOffset, body.length);
  setWord(words, LEAF_HEAD_WORDS - 1, BigInt(LEAF_HEAD_WORDS * WORD));
  setWord(words, LEAF_HEAD_WORDS, BigInt(assetCount));
  const tagged = new Uint8Array(1 + WORD);
  let before = '';
  for (const [index, { sub, detail, entitled }] of leaves.entries()) {
    assert(sub > before, 'leaves are in ascending order, each once');
    assert(entitled.length === assetCount, 'a leaf has an amount of each asset');
    before = sub;
    body.write(sub.slice(2), 0, 'hex');
    body.fill(0, WORD, WORD + 12);
    body.write(ownerOfSub(sub).slice(2), WORD + 12, 'hex');
    assert(body.write(detail.slice(2), 2 * WORD, 'hex') === WORD, 'a detail is 32 bytes of hex');
    for (const [asset, units] of entitled.entries()) {
      assert(units >= 0n && units < ENTITLED_LIMIT, 'an entitlement is a uint96');
      setWord(words, LEAF_HEAD_WORDS + 1 + asset, units);
    }
    tagged.set(keccak(body), 1);
    level.set(body.subarray((LEAF_HEAD_WORDS + 1) * WORD), index * size);
    level.set(keccak(tagged), index * size + assetCount * WORD);
  }
  return level;
}

function levelAbove(below: Level, empty: Uint8Array, input: Uint8Array): Level {
  const size = empty.length;
  const count = Math.ceil(below.length / size / 2);
  const above = new Uint8Array(count * size);
  const words = new DataView(above.buffer);
  const children = new DataView(input.buffer, 1);
  for (let index = 0; index < count; index++) {
    // The last one of an odd number keeps the empty one beside it.
    if (2 * index + 2 > below.length / size) input.set(empty, 1 + size);
    input.set(below.subarray(2 * index * size, (2 * index + 2) * size), 1);
    addSums(children, words, index * size, size);
    above.set(keccak(input), (index + 1) * size - WORD);
  }
  return above;
}

/** Four digits of 32 bits from the last: uint96 each and 2^20 of them at most, so nothing is carried out of a word. */
function addSums(children: DataView, above: DataView, start: number, size: number): void {
  for (let end = WORD; end < size; end += WORD) {
    let carried = 0;
    for (let at = end - DIGIT; at >= end - HIGH; at -= DIGIT) {
      const sum = children.getUint32(at) + children.getUint32(size + at) + carried;
      above.setUint32(start + at, sum);
      carried = sum >= DIGIT_LIMIT ? 1 : 0;
    }
  }
}

function setWord(words: DataView, index: number, value: bigint): void {
  words.setBigUint64(index * WORD + HIGH, value >> LOW_BITS);
  words.setBigUint64(index * WORD + LOW, value & LOW_MASK);
}

function readNode(bytes: Uint8Array): SumNode {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sums: bigint[] = [];
  for (let at = 0; at < bytes.length - WORD; at += WORD) {
    sums.push((words.getBigUint64(at + HIGH) << LOW_BITS) | words.getBigUint64(at + LOW));
  }
  const hash = Buffer.from(bytes.buffer, bytes.byteOffset + bytes.length - WORD, WORD);
  return { hash: `0x${hash.toString('hex')}`, sums };
}
