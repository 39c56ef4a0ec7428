import type { Hex } from 'viem';
import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import { type BucketNow, bucketWaitMs } from '../../protocol/settlement/bucketWait.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { BlockName } from '../../settlement/chain/savedState.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { VaultReader } from '../../settlement/vault/vaultReader.ts';
import { SECOND_MS } from '../../units/time.ts';

/** Payments whose subaccounts are asked about besides those that wait. */
const PAID_ASKED_MAX = 64;
const OF_ALL = `0x${'0'.repeat(64)}` as const;

/** What the vault's buckets let out at a block: of all together under the sub zero. A bucket that is not here is full. */
export type Buckets = ReadonlyMap<string, bigint>;

/** Asks about the buckets that somebody draws from: of withdrawals that wait, and of those paid last. @fails ChainError */
export async function readBuckets(
  reader: Pick<VaultReader, 'ask'>,
  directory: DirectoryView,
  withdrawals: readonly WithdrawalFacts[],
  history: Pick<VaultHistory, 'paid' | 'caps'>,
  block: BlockName,
): Promise<Buckets> {
  const wanted = new Map<string, readonly [number, string]>();
  const want = (asset: number, sub: string) => wanted.set(keyOf(asset, sub), [asset, sub]);
  for (const { asset } of history.caps) want(asset, OF_ALL);
  for (const each of withdrawals) want(each.asset, nameOfWithdrawal(directory, each));
  for (const { asset, sub } of history.paid.slice(-PAID_ASKED_MAX)) want(asset, sub);
  const found = await Promise.all(
    [...wanted].map(async ([key, [asset, sub]]) => {
      const [ofAll, ofEach] = await reader.ask('available', [asset, sub as Hex], block);
      return [key, sub === OF_ALL ? ofAll : ofEach] as const;
    }),
  );
  return new Map(found);
}

/** Both buckets an amount must pass, as they were at a block. */
export interface BucketPair {
  readonly ofAll: BucketNow;
  readonly ofEach: BucketNow;
}

/** @returns undefined of an asset whose caps the vault has not told */
export function bucketsOf(
  buckets: Buckets,
  history: Pick<VaultHistory, 'caps'>,
  asset: number,
  sub: string,
): BucketPair | undefined {
  const cap = [...history.caps].find((each) => each.asset === asset);
  if (cap === undefined) return undefined;
  const bucket = (name: string, full: bigint) => ({
    ...{ free: buckets.get(keyOf(asset, name)) ?? full, cap: full },
    windowMs: cap.windowS * SECOND_MS,
  });
  return { ofAll: bucket(OF_ALL, cap.ofAll), ofEach: bucket(sub, cap.ofEach) };
}

/**
 * How long after the block the buckets let a withdrawal out, when those before it go first.
 *
 * @param open all that wait, in the order of their numbers
 * @returns milliseconds, 0 at once; undefined of one that they never hold
 */
export function waitOf(
  withdrawal: WithdrawalFacts,
  open: readonly WithdrawalFacts[],
  nameOf: (each: WithdrawalFacts) => string,
  { ofAll, ofEach }: BucketPair,
): number | undefined {
  const { nonce, asset, amount } = withdrawal;
  const sub = nameOf(withdrawal);
  const before = open.filter(
    (each) => each.asset === asset && each.nonce < nonce && fits(each, ofAll, ofEach),
  );
  const sumOf = (each: readonly WithdrawalFacts[]) =>
    each.reduce((sum, { amount: units }) => sum + BigInt(units), 0n);
  const own = before.filter((each) => nameOf(each) === sub);
  const all = bucketWaitMs(ofAll, BigInt(amount), sumOf(before));
  const each = bucketWaitMs(ofEach, BigInt(amount), sumOf(own));
  return all === undefined || each === undefined ? undefined : Math.max(all, each);
}

/** One that is never paid stands in nobody's way. */
function fits({ amount }: WithdrawalFacts, ofAll: BucketNow, ofEach: BucketNow): boolean {
  return BigInt(amount) <= ofAll.cap && BigInt(amount) <= ofEach.cap;
}

/** The vault's name of whose a withdrawal is. */
export function nameOfWithdrawal({ accounts, firms }: DirectoryView, each: WithdrawalFacts): string {
  return each.sub ?? subaccountId(firms[accounts[each.account]!.firm]!.owner, each.account);
}

function keyOf(asset: number, sub: string): string {
  return `${asset}:${sub}`;
}
