import type { RootStruct } from '../../protocol/settlement/root.ts';
import type { ProofView, RootStructView, WithdrawalProofView } from '../../protocol/views/settlement.ts';
import type { PostedRoot } from './rootCycle.ts';

/**
 * One subaccount's leaf, its way up to a root, and what its detail is the hash of; undefined where the root has none.
 *
 * @param wanted its name on chain
 */
export function proofViewOf(
  { cut, signed }: PostedRoot,
  domain: { chainId: number; vault: string },
  wanted: string,
): ProofView | undefined {
  const { accounts, root, hash } = cut;
  const index = accounts.indexOf(wanted);
  if (index === undefined) return undefined;
  const { sub, detail, entitled } = accounts.leaves[index]!;
  // States are in the order of the draft, which is not the tree's.
  const state = signed.states[signed.draft.leaves.findIndex((leaf) => leaf.sub === sub)]!;
  const path = accounts.pathOf(index);
  return {
    epoch: root.epoch,
    ...domain,
    hash,
    root: rootStructViewOf(root),
    leaf: { sub, detail, entitled: entitled.map(String) },
    path: { index, siblings: [...path.siblings], sums: path.sums.map(String) },
    salt: state.salt,
    state: state.text,
  };
}

/** What `claim` wants; undefined where the root does not have it. */
export function withdrawalProofViewOf({ cut }: PostedRoot, nonce: number): WithdrawalProofView | undefined {
  const proof = cut.withdrawals.proofOf(nonce);
  const withdrawal = cut.withdrawals.withdrawals.find((each) => each.nonce === nonce);
  if (proof === undefined || withdrawal === undefined) return undefined;
  const { sub, asset, amount, to, seq } = withdrawal;
  return {
    epoch: cut.root.epoch,
    withdrawal: { sub, nonce, asset, amount: String(amount), to, seq },
    proof,
  };
}

function rootStructViewOf(root: RootStruct): RootStructView {
  return { ...root, sums: root.sums.map(String) };
}
