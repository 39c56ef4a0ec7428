import { keccak_256 } from '@noble/hashes/sha3';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils';
import { type HexWord, type Leaf, type LeafPath, type SumNode, TREE_DEPTH, TREE_SIZE } from './root.ts';

/** Said before a leaf and before a node, so that neither is ever taken for the other. */
const LEAF = '00';
const NODE = '01';
const WORD = /^0x[0-9a-f]{64}$/;
const SUM_LIMIT = 1n << 128n;
/** Digits of an address, which an owner's word has at its end. */
const OWNER_DIGITS = 40;

/**
 * Whether a root commits to this leaf: what the vault checks before it pays, computed here.
 *
 * Each node hashes the sums of BOTH its children: one that hashed its own total alone would let the same total be
 * parted otherwise.
 *
 * @returns false too where leaf or path are not even of the right form
 */
export function verifyLeaf(leaf: Leaf, path: LeafPath, accountsRoot: HexWord): boolean {
  return topOf(leaf, path)?.hash === accountsRoot;
}

/**
 * The root above a leaf by its path, and the sums that belong to it.
 *
 * @returns undefined where the vault would refuse to look: a wrong depth or width, an index past the tree, a number
 *   or sum that is no uint128
 */
export function topOf(leaf: Leaf, path: LeafPath): SumNode | undefined {
  const width = leaf.entitled.length;
  const { index, siblings, sums } = path;
  const isWhole = siblings.length === TREE_DEPTH && sums.length === TREE_DEPTH * width;
  if (!isWhole || !Number.isInteger(index) || index < 0 || index >= TREE_SIZE) return undefined;
  if (![leaf.sub, leaf.detail, ...siblings].every((word) => WORD.test(word))) return undefined;
  if (![...leaf.entitled, ...sums].every(isUint128)) return undefined;
  let node: SumNode = { hash: leafHash(leaf), sums: leaf.entitled };
  for (const [level, hash] of siblings.entries()) {
    const beside = { hash, sums: sums.slice(level * width, (level + 1) * width) };
    const isRight = ((index >> level) & 1) === 1;
    node = isRight ? parentOf(beside, node) : parentOf(node, beside);
    if (!node.sums.every(isUint128)) return undefined;
  }
  return node;
}

/** keccak256(0x00 ‖ keccak256(abi.encode(sub, owner, detail, entitled))): hashed twice, so of no node's length. */
function leafHash({ sub, detail, entitled }: Leaf): HexWord {
  const owner = sub.slice(2, 2 + OWNER_DIGITS).padStart(64, '0');
  // The list stands after four words, its length first.
  const list = [4n * 32n, BigInt(entitled.length), ...entitled].map(wordOf).join('');
  const body = hashOf(`${sub.slice(2)}${owner}${detail.slice(2)}${list}`);
  return `0x${hashOf(LEAF + body)}`;
}

/** keccak256(0x01 ‖ sums of the left ‖ its hash ‖ sums of the right ‖ its hash), and both sums added. */
function parentOf(left: SumNode, right: SumNode): SumNode {
  const digits = [left, right].map(({ hash, sums }) => sums.map(wordOf).join('') + hash.slice(2));
  return {
    hash: `0x${hashOf(NODE + digits.join(''))}`,
    sums: left.sums.map((sum, asset) => sum + right.sums[asset]!),
  };
}

function isUint128(value: bigint): boolean {
  return typeof value === 'bigint' && value >= 0n && value < SUM_LIMIT;
}

function wordOf(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

function hashOf(digits: string): string {
  return bytesToHex(keccak_256(hexToBytes(digits)));
}
