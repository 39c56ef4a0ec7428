import { keccak_256 } from '@noble/hashes/sha3';
import { verifyLeaf } from '../../protocol/settlement/verifyLeaf.ts';
import { keccak } from '../../settlement/roots/keccak.ts';
import { sumTree } from '../../settlement/roots/sumTree.ts';
import { drawnLeaves } from '../fixtures/leaves.ts';
import { at } from './sample.ts';

/** What proofs of balances cost, one run. */
export interface SettlementCosts {
  /** Median, from leaves to a root. */
  rootMs: number;
  rootMsMax: number;
  /** The proof of one leaf, checked by the code of the page: the first one, before that code was ever run. */
  firstProofMs: number;
  proofMsP99: number;
  /** Hashes of the tree's nodes, by the two hash functions that are used. */
  webAssemblyHashUs: number;
  javaScriptHashUs: number;
}

const LEAVES = 100_000;
const ASSETS = 5;
const ROOTS = 7;
const PROOFS = 200;
const NODE_BYTES = 1 + 2 * (ASSETS + 1) * 32;

export function measureSettlement(): SettlementCosts {
  const leaves = drawnLeaves(1, LEAVES, ASSETS);
  const tree = sumTree(leaves, ASSETS);
  const proofs = Array.from({ length: PROOFS }, (_, turn) => (turn * 7_919) % LEAVES).map((index) => ({
    leaf: leaves[index]!,
    path: tree.pathOf(index),
  }));
  const verified = proofs.map(({ leaf, path }) =>
    timed(() => {
      if (!verifyLeaf(leaf, path, tree.root)) throw new Error('a proof of the tree does not hold');
    }),
  );
  const roots = Array.from({ length: ROOTS }, () => timed(() => sumTree(leaves, ASSETS))).sort(
    (a, b) => a - b,
  );
  return {
    rootMs: at(roots, 0.5),
    rootMsMax: roots.at(-1)!,
    firstProofMs: verified[0]!,
    proofMsP99: at(
      [...verified].sort((a, b) => a - b),
      0.99,
    ),
    webAssemblyHashUs: hashUs(keccak),
    javaScriptHashUs: hashUs(keccak_256),
  };
}

function hashUs(hash: (bytes: Uint8Array) => Uint8Array): number {
  const node = new Uint8Array(NODE_BYTES);
  const rounds = 20_000;
  const turn = () => {
    for (let round = 0; round < rounds; round++) node.set(hash(node), 1);
  };
  turn();
  return (timed(turn) * 1e3) / rounds;
}

function timed(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}
