import { concat, encodeAbiParameters, encodePacked, type Hex, keccak256, parseAbiParameters } from 'viem';
import {
  type Leaf,
  type LeafPath,
  ownerOfSub,
  type SumNode,
  TREE_DEPTH,
} from '../../protocol/settlement/root.ts';

const LEAF = parseAbiParameters('bytes32, address, bytes32, uint128[]');

/** The sum tree as its definition reads: a node is asked for, and asks its children. For a few leaves. */
export class PlainSumTree {
  readonly #leaves: readonly Leaf[];
  readonly #width: number;

  constructor(leaves: readonly Leaf[], width: number) {
    this.#leaves = leaves;
    this.#width = width;
  }

  nodeAt(level: number, index: number): SumNode {
    if (index * 2 ** level >= this.#leaves.length) return emptyNode(level, this.#width);
    if (level === 0) return leafNode(this.#leaves[index]!);
    return parentNode(this.nodeAt(level - 1, 2 * index), this.nodeAt(level - 1, 2 * index + 1));
  }

  pathOf(index: number): LeafPath {
    const beside = Array.from({ length: TREE_DEPTH }, (_, level) =>
      this.nodeAt(level, Math.floor(index / 2 ** level) ^ 1),
    );
    return { index, siblings: beside.map(({ hash }) => hash), sums: beside.flatMap(({ sums }) => sums) };
  }
}

function emptyNode(level: number, width: number): SumNode {
  if (level === 0) return { hash: `0x${'0'.repeat(64)}`, sums: Array<bigint>(width).fill(0n) };
  const below = emptyNode(level - 1, width);
  return parentNode(below, below);
}

function leafNode({ sub, detail, entitled }: Leaf): SumNode {
  const owner = ownerOfSub(sub) as Hex;
  const body = keccak256(encodeAbiParameters(LEAF, [sub as Hex, owner, detail as Hex, entitled]));
  return { hash: keccak256(concat(['0x00', body])), sums: entitled };
}

export function parentNode(left: SumNode, right: SumNode): SumNode {
  const packed = encodePacked(
    ['bytes1', 'uint128[]', 'bytes32', 'uint128[]', 'bytes32'],
    ['0x01', left.sums, left.hash as Hex, right.sums, right.hash as Hex],
  );
  return { hash: keccak256(packed), sums: left.sums.map((sum, asset) => sum + right.sums[asset]!) };
}
