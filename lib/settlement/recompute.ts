import { detailOf } from '../../engine/protocol/settlement/accountState.ts';
import { TREE_DEPTH } from '../../engine/protocol/settlement/root.ts';
import { topOf } from '../../engine/protocol/settlement/verifyLeaf.ts';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';

/** One level of the way up: what stands beside, on which side, and the sum of one asset once both are added. */
export interface Level {
  sibling: string;
  /** The sibling stands right of the way. */
  isRight: boolean;
  sums: readonly bigint[];
}

/** What this browser found by computing, never by being told. */
export interface Recomputed {
  levels: readonly Level[];
  /** The account's state and its salt hash to the leaf's detail. */
  isDetail: boolean;
  /** Leaf and siblings hash to the root's tree, and their sums add up to the root's. */
  isInRoot: boolean;
  /** The root's own fields hash to the hash it is known by. */
  rootHash: string;
  isRootHash: boolean;
  tookMs: number;
}

/**
 * Leaf → siblings → tree → root, as the vault itself would check it.
 *
 * @param rootHashOf the vault's hash of a root's fields; handed in, because it is code that arrives when it is wanted
 */
export function recompute(proof: ProofView, rootHashOf: (proof: ProofView) => string): Recomputed {
  const startMs = performance.now();
  const { leaf, path, root } = proof;
  const entitled = leaf.entitled.map(BigInt);
  const beside = path.sums.map(BigInt);
  const top = topOf(
    { sub: leaf.sub, detail: leaf.detail, entitled },
    { index: path.index, siblings: path.siblings, sums: beside },
  );
  const isInRoot =
    top !== undefined &&
    top.hash === root.accountsRoot &&
    root.sums.length === top.sums.length &&
    top.sums.every((sum, asset) => sum === BigInt(root.sums[asset]!));
  const rootHash = rootHashOf(proof);
  return {
    levels: levelsOf(proof, entitled, beside),
    isDetail: detailOf({ salt: proof.salt, text: proof.state }) === leaf.detail,
    isInRoot,
    rootHash,
    isRootHash: rootHash === proof.hash,
    tookMs: performance.now() - startMs,
  };
}

function levelsOf({ path }: ProofView, entitled: readonly bigint[], beside: readonly bigint[]): Level[] {
  const width = entitled.length;
  if (path.siblings.length !== TREE_DEPTH || beside.length !== TREE_DEPTH * width) return [];
  let sums = entitled;
  return path.siblings.map((sibling, level) => {
    sums = sums.map((sum, asset) => sum + beside[level * width + asset]!);
    return { sibling, isRight: Math.floor(path.index / 2 ** level) % 2 === 0, sums };
  });
}
