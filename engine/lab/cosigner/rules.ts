import * as z from 'zod/mini';
import type { Action } from '../../protocol/commands/actions.ts';
import { parseDecimal, readableDecimal } from '../../units/decimal.ts';

const amount = z.string().check(z.regex(/^\d+(?:\.\d+)?$/));
/** Decimals are the custodian's own: an asset that the desk counts otherwise is refused. */
const asset = z.strictObject({
  decimals: z.int().check(z.nonnegative(), z.maximum(18)),
  /** Of one transaction, and of all that were approved since 00:00 UTC. */
  each: amount,
  day: amount,
});
const assets = z.record(z.string().check(z.regex(/^[A-Z0-9]{1,24}$/)), asset);
const accounts = z.array(z.int().check(z.nonnegative()));

/** A custodian's policy as data. What is not named is left to people. */
export const rulesWire = z.strictObject({
  Withdraw: z.optional(
    z.strictObject({ accounts, to: z.array(z.string().check(z.regex(/^0x[0-9a-f]{40}$/))), assets }),
  ),
  Transfer: z.optional(z.strictObject({ accounts, to: accounts, assets })),
});
export type CustodyRules = z.infer<typeof rulesWire>;

/** What an approval lets out, in the asset's smallest unit. */
export interface Spending {
  readonly asset: string;
  readonly amount: number;
}

export type Verdict =
  | { readonly is: 'approve'; readonly spends: Spending }
  | { readonly is: 'veto'; readonly reason: string }
  /** Neither: somebody has to look. */
  | { readonly is: 'leave'; readonly why: string };

export interface DayFacts {
  /** Decimals of an asset by the desk; undefined where it has none of that name. */
  decimalsOf(asset: string): number | undefined;
  /** Approved since 00:00 UTC, in smallest units. */
  spentToday(asset: string): number;
}

/** What the rules say of an action: the first that is broken is the reason. */
export function judge(rules: CustodyRules, action: Action, facts: DayFacts): Verdict {
  const { Withdraw: out, Transfer: within } = rules;
  if (action.kind === 'Withdraw' && out !== undefined) {
    if (!out.accounts.includes(action.account)) return veto(`account ${action.account} is not in custody.`);
    if (!out.to.includes(action.to)) return veto(`${action.to} is not a listed address.`);
    return judgeAmount(out.assets, action, facts);
  }
  if (action.kind === 'Transfer' && within !== undefined) {
    if (!within.accounts.includes(action.from)) return veto(`account ${action.from} is not in custody.`);
    if (!within.to.includes(action.to)) return veto(`account ${action.to} is not a listed account.`);
    return judgeAmount(within.assets, action, facts);
  }
  return { is: 'leave', why: `No rule speaks of ${action.kind}.` };
}

function judgeAmount(
  assets: NonNullable<CustodyRules['Withdraw']>['assets'],
  { asset, amount: moved }: Spending,
  { decimalsOf, spentToday }: DayFacts,
): Verdict {
  const rule = assets[asset];
  if (rule === undefined) return veto(`${asset} may not move.`);
  const { decimals } = rule;
  if (decimalsOf(asset) !== decimals)
    return {
      is: 'leave',
      why: `The desk counts ${asset} in ${decimalsOf(asset)} decimals, the rules in ${decimals}.`,
    };
  const [each, day] = [parseDecimal(rule.each, decimals), parseDecimal(rule.day, decimals)];
  if (each === undefined || day === undefined)
    return { is: 'leave', why: `The limits of ${asset} are no amounts in ${decimals} decimals.` };
  const words = (units: number) => `${readableDecimal(units, decimals)} ${asset}`;
  if (moved > each) return veto(`${words(moved)} is above ${words(each)} for one transaction.`);
  const spent = spentToday(asset);
  if (moved > day - spent)
    return veto(`${words(moved)} beside ${words(spent)} of today is above ${words(day)} for a day.`);
  return { is: 'approve', spends: { asset, amount: moved } };
}

function veto(sentence: string): Verdict {
  return { is: 'veto', reason: `Custody policy: ${sentence}` };
}
