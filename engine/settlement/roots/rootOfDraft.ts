import type { HexWord, RootDraft, RootStruct } from '../../protocol/settlement/root.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { assert } from '../../units/assert.ts';
import { rootDigest, rootStructHash } from './rootHash.ts';
import { type SumTree, sumTree } from './sumTree.ts';
import { type WithdrawalTree, withdrawalTree } from './withdrawalTree.ts';

/** A root with everything that follows from its draft. */
export interface CutRoot {
  readonly root: RootStruct;
  /** The parent of the next one. */
  readonly hash: HexWord;
  /** What its signers sign. */
  readonly digest: HexWord;
  readonly accounts: SumTree;
  readonly withdrawals: WithdrawalTree;
}

/**
 * The root of what an engine said: the same for everybody who replays the same journal.
 *
 * @fails AssertionError where leaves are not of one width, or a subaccount or a withdrawal is there twice
 */
export function rootOfDraft(draft: RootDraft, domain: VaultDomain): CutRoot {
  const assetCount = draft.leaves[0]?.entitled.length;
  assert(assetCount !== undefined, 'a desk has accounts of its own');
  const leaves = [...draft.leaves].sort((a, b) => (a.sub < b.sub ? -1 : 1));
  const accounts = sumTree(leaves, assetCount);
  const withdrawals = withdrawalTree(domain, draft.withdrawals);
  const { epoch, parent, seq, depositCursor, stateHash, journalHead, metaHash } = draft;
  const root: RootStruct = {
    ...{ epoch, parent, seq, depositCursor, stateHash, journalHead, metaHash },
    accountsRoot: accounts.root,
    withdrawalsRoot: withdrawals.root,
    engineTime: Math.floor(draft.timeMs / 1_000),
    sums: accounts.sums,
  };
  return { root, hash: rootStructHash(root), digest: rootDigest(domain, root), accounts, withdrawals };
}
