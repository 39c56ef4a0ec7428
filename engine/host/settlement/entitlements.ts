import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { EntitlementsView } from '../../protocol/views/settlement.ts';
import { accountIn } from './creditDeposits.ts';
import type { PostedRoot } from './rootCycle.ts';

/** What a root says of the accounts that who asks may see, by account number. */
export function entitlementsViewOf(
  { signed, cut }: Pick<PostedRoot, 'signed' | 'cut'>,
  directory: DirectoryView,
  isFinal: boolean,
  maySee: (account: number) => boolean,
): EntitlementsView {
  const { root, hash, accounts, withdrawals } = cut;
  const ownIn = (sub: string) => {
    const account = accountIn(directory, sub);
    return account !== undefined && maySee(account) ? [account] : [];
  };
  const own = accounts.leaves.flatMap(({ sub, entitled }) =>
    ownIn(sub).map((account) => ({ account, sub, entitled: entitled.map(String) })),
  );
  return {
    epoch: root.epoch,
    chainId: directory.chainId,
    vault: directory.vault,
    hash,
    seq: root.seq,
    timeMs: signed.draft.timeMs,
    isFinal,
    depositCursor: root.depositCursor,
    sums: root.sums.map(String),
    accounts: own.sort((a, b) => a.account - b.account),
    withdrawals: withdrawals.withdrawals.flatMap(({ sub, nonce, asset, amount, to, seq }) =>
      ownIn(sub).map((account) => ({ nonce, account, asset, amount: String(amount), to, seq })),
    ),
  };
}
