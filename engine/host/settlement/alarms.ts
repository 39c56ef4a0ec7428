import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import { utcMinute } from '../../protocol/keyWords.ts';
import { accountOfSub, ownerOfSub } from '../../protocol/settlement/root.ts';
import type { AssetPlan, VaultTerms } from '../../settlement/vault/terms.ts';
import type { VaultDemand } from '../../settlement/vault/vaultHistory.ts';
import { formatDecimal } from '../../units/decimal.ts';
import { SECOND_MS } from '../../units/time.ts';

/** One sentence names so many, and says how many more there are. */
const NAMED_MAX = 5;

/** How far the desk has come with a demand. */
export interface DemandStand {
  /** Units the vault has not paid yet, and of them those on their way. */
  readonly missing: bigint;
  readonly onTheWay: bigint;
  /** Why the engine let no more go; undefined where it was not asked in vain. */
  readonly refusal: string | undefined;
}

/**
 * An owner's demand that is not paid: an alarm as long as not all of it is on its way, because anybody may freeze the
 * vault for it in the end.
 *
 * @param askedS undefined until its block is known
 */
export function demandAlarm(
  { sub, asset, amount }: VaultDemand,
  askedS: number | undefined,
  { forcedGrace }: Pick<VaultTerms, 'forcedGrace'>,
  assets: readonly Pick<AssetPlan, 'name' | 'decimals'>[],
  { missing, onTheWay, refusal }: DemandStand,
): string {
  const { name, decimals } = assets[asset]!;
  const inWords = (units: bigint) => `${formatDecimal(Number(units), decimals)} ${name}`;
  const asks = `the owner demands ${inWords(amount)} for account ${accountOfSub(sub) ?? '?'} of ${ownerOfSub(sub)}`;
  if (onTheWay >= missing) return `What is missing of a demand is on its way: ${asks}.`;
  const dueMs = askedS === undefined ? undefined : (askedS + forcedGrace) * SECOND_MS;
  const until = dueMs === undefined ? `${forcedGrace} s after it` : `${utcMinute(dueMs)} UTC`;
  const why = refusal === undefined ? '' : ` ${inWords(missing - onTheWay)} are not served: ${refusal}`;
  return `Alarm: ${asks}.${why} Pay it before ${until}, or anybody may freeze the vault for it, for good.`;
}

/** Withdrawals that a final root has and the vault would refuse: over a cap, or where the owner took its word back. */
export function unclaimableAlarm(
  withdrawals: readonly WithdrawalFacts[],
  isOverCap: (each: WithdrawalFacts) => boolean,
  isListed: (each: WithdrawalFacts) => boolean,
): string[] {
  const over = withdrawals.filter(isOverCap);
  const unlisted = withdrawals.filter((each) => !isOverCap(each) && !isListed(each));
  return [
    ...(over.length === 0
      ? []
      : [
          `Alarm: ${namedOf(over)} cannot be paid: the vault’s cap is lower. The governor raises it, or it is paid at an exit.`,
        ]),
    ...(unlisted.length === 0
      ? []
      : [
          `Alarm: ${namedOf(unlisted)} cannot be paid: the owner lists the address no more. The owner lists it again.`,
        ]),
  ];
}

/** Deposits that go back and that the vault does not let out. @param refused in its own words, by number */
export function returnsAlarm(refused: ReadonlyMap<number, string>): string[] {
  if (refused.size === 0) return [];
  const numbers = [...refused].map(([nonce, reason]) => ({ nonce, reason }));
  const [first] = numbers;
  return [
    `Alarm: ${namedOf(numbers)}, deposits that go back to their owners, cannot be claimed: the vault says ${first!.reason || 'no'}.`,
  ];
}

function namedOf(withdrawals: readonly { nonce: number }[]): string {
  const named = withdrawals.slice(0, NAMED_MAX).map(({ nonce }) => nonce);
  const more = withdrawals.length - named.length;
  const word = withdrawals.length === 1 ? 'withdrawal' : 'withdrawals';
  return `${word} ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
