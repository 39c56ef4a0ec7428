import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { BucketView, VaultCapView, VaultWithdrawalView } from '../../protocol/views/settlement.ts';
import type { RootRecord } from '../../settlement/vault/vaultHistory.ts';
import { SECOND_MS } from '../../units/time.ts';
import { proposalOf } from '../follower/settlementState.ts';
import { bucketsOf, nameOfWithdrawal, waitOf } from './buckets.ts';
import type { Sees } from './sees.ts';
import type { Opened, Seen } from './settlement.ts';

const ROWS_SHOWN = 256;
const OF_NOBODY = `0x${'0'.repeat(64)}`;

/** Withdrawals of accounts that who asks may see, newest first. */
export function withdrawalViews(
  { state, buckets, block }: Seen,
  { history, roots, receipts }: Opened,
  directory: DirectoryView,
  { plan, maySee }: Sees,
): VaultWithdrawalView[] {
  const finalEpoch = roots.final?.epoch ?? 0;
  const all = [...state.paid, ...state.withdrawals].filter(({ account }) => maySee(account));
  return all
    .sort((a, b) => b.nonce - a.nonce)
    .slice(0, ROWS_SHOWN)
    .map((each) => {
      const { nonce, account, asset, amount, to, seq, authorisedMs } = each;
      const payment = history.paid.find((paid) => paid.nonce === nonce);
      const root = firstRoot(history.roots, (record) => record.seq >= seq);
      const postedS = root === undefined ? undefined : receipts.of(root.tx)?.timeS;
      const isFinal = root !== undefined && root.epoch <= finalEpoch;
      const stage = isFinal ? 'claimable' : root === undefined ? 'authorised' : 'inRoot';
      const nameOf = (of: typeof each) => nameOfWithdrawal(directory, of);
      const pair = bucketsOf(buckets, history, asset, nameOf(each));
      const waitMs = pair && waitOf(each, state.withdrawals, nameOf, pair);
      return {
        ...{ nonce, account, asset, amount: String(amount), to, seq, authorisedMs },
        proposal: proposalOf(state, each),
        epoch: root?.epoch ?? null,
        claimableMs: postedS === undefined ? null : (postedS + plan.terms.dispute) * SECOND_MS,
        bucketMs: waitMs === undefined ? null : block.timeMs + waitMs,
        state: payment === undefined ? stage : 'paid',
        ...{ tx: payment?.tx ?? null, block: payment?.block ?? null },
      };
    });
}

/** What the vault lets out of an asset; null before it has said so. */
export function capView({ buckets }: Seen, { history }: Opened, asset: number): VaultCapView | null {
  const pair = bucketsOf(buckets, history, asset, OF_NOBODY);
  if (pair === undefined) return null;
  const { ofAll, ofEach } = pair;
  return {
    windowSec: ofAll.windowMs / SECOND_MS,
    ofAll: String(ofAll.cap),
    ofEach: String(ofEach.cap),
    freeOfAll: String(ofAll.free),
  };
}

/** Buckets of accounts that who asks may see, as far as somebody draws from them. */
export function bucketViews(
  { buckets }: Pick<Seen, 'buckets'>,
  { accountOf, maySee }: Pick<Sees, 'accountOf' | 'maySee'>,
): BucketView[] {
  return [...buckets].flatMap(([key, free]) => {
    const [asset = '', name = ''] = key.split(':');
    const account = accountOf(name) ?? -1;
    return maySee(account) ? [{ account, asset: Number(asset), free: String(free) }] : [];
  });
}

/** The first of those that stand. */
export function firstRoot(
  roots: readonly RootRecord[],
  isIt: (record: RootRecord) => boolean,
): RootRecord | undefined {
  return roots.find((record) => !record.isRejected && isIt(record));
}
