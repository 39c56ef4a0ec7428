import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import { bucketWaitMs } from '../../../../engine/protocol/settlement/bucketWait.ts';
import { actionFields } from '../../../../engine/protocol/typed/actionHash.ts';
import { actionValues } from '../../../../engine/protocol/typed/firmTypedData.ts';
import type { ActionTrialView, WithdrawalLimitsView } from '../../../../engine/protocol/views/firm.ts';
import type { SettlementView } from '../../../../engine/protocol/views/settlement.ts';
import { DAY_MS } from '../../../../engine/units/time.ts';
import { needsWords, thenWords, whenWords as whenRule } from '../../../../lib/firm/words.ts';
import { formatClock, formatLeft, formatUsd } from '../../../../lib/format.ts';
import { readAddress } from '../../../../lib/settlement/readAddress.ts';
import { readAmount } from '../amounts.ts';
import { spanOf } from '../spans.ts';

/** A withdrawal as a person is about to ask for it. */
export interface WithdrawDraft {
  account: number | undefined;
  asset: number;
  amount: string;
  to: string;
}

type WithdrawAction = Extract<Action, { kind: 'Withdraw' }>;

export type ReadWithdraw = { action: WithdrawAction } | { missing: string };

/** Agreement may take a day, and what is large waits some hours more: what is not authorised by then never is. */
export const LIFE_MS = 3 * DAY_MS;

/** @param deadlineMs fixed when the dialog opens: what is shown is what is signed */
export function readWithdraw(
  draft: WithdrawDraft,
  view: SettlementView | undefined,
  deadlineMs: number,
): ReadWithdraw {
  const asset = view?.assets.find((each) => each.asset === draft.asset);
  const amount = readAmount(draft.amount, asset);
  if ('missing' in amount) return amount;
  const to = readAddress(draft.to);
  if ('missing' in to) return to;
  if (draft.account === undefined || asset === undefined) return { missing: 'Choose an account.' };
  const { account } = draft;
  const units = Number(amount.units);
  return {
    action: { kind: 'Withdraw', account, asset: asset.name, amount: units, to: to.address, deadlineMs },
  };
}

/** Why nothing can be withdrawn as the vault stands, before anybody writes a number. */
export function withdrawBlock({ status, sentence }: SettlementView): string | undefined {
  if (status === 'open') return undefined;
  if (status === 'frozen') return 'The vault is frozen: accounts leave by their exit kit.';
  return status === 'paused' ? 'A guardian has paused the vault: nothing is paid until it ends.' : sentence;
}

/** Field by field what the wallet is given to sign of the action. */
export function signedFields(action: Action): { name: string; value: string }[] {
  const values = actionValues(action);
  return actionFields[action.kind].map(({ name }) => ({ name, value: String(values[name]) }));
}

/** When it is paid, told by what is still before it. */
export function whenWords(
  { needs }: ActionTrialView,
  view: SettlementView,
  action: WithdrawAction,
  nowMs: number,
): string {
  const { terms, nextRootMs } = view;
  const bucket = bucketWords(action, view, nowMs);
  const steps = [
    ...(needs === null ? [] : [needsWords(needs)]),
    nextRootMs === null
      ? 'the next state root'
      : `a state root, the next in ${formatLeft(nextRootMs - nowMs)}`,
    `its dispute time of ${spanOf(terms.disputeSec)}`,
    ...(bucket === undefined ? [] : [bucket]),
  ];
  return `Payable after ${steps.join(', then ')}. Then anybody may claim it to the address above, and nobody can change that.`;
}

/**
 * Until when the vault's buckets do not let it out, what waits already going first; undefined where they do, and of what
 * they never would: that the engine refuses with what fits.
 */
export function bucketWords(
  { account, asset: name, amount }: WithdrawAction,
  { assets, buckets, withdrawals, block }: SettlementView,
  nowMs: number,
): string | undefined {
  const asset = assets.find((each) => each.name === name);
  if (asset === undefined || asset.cap === null || block === null) return undefined;
  const { windowSec, ofAll, ofEach, freeOfAll } = asset.cap;
  const own = buckets.find((each) => each.account === account && each.asset === asset.asset);
  const waiting = withdrawals.filter(
    (each) => each.account === account && each.asset === asset.asset && each.state !== 'paid',
  );
  const ahead = waiting.reduce((sum, each) => sum + BigInt(each.amount), 0n);
  const windowMs = windowSec * 1_000;
  const all = { free: BigInt(freeOfAll), cap: BigInt(ofAll), windowMs };
  const each = { free: BigInt(own?.free ?? ofEach), cap: BigInt(ofEach), windowMs };
  const waits = [
    bucketWaitMs(all, BigInt(amount), BigInt(asset.authorisedUnpaid)),
    bucketWaitMs(each, BigInt(amount), ahead),
  ];
  if (waits.includes(undefined)) return undefined;
  const untilMs = block.timeMs + Math.max(...waits.map(Number));
  if (untilMs <= nowMs) return undefined;
  return `the vault’s bucket of ${name}, which has it at ${formatClock(untilMs, nowMs)} if what waits before it goes first`;
}

/** A rule that speaks of withdrawals, and whether it is the one that holds for this. */
export interface Threshold {
  id: string;
  when: string;
  asks: string;
  isMatched: boolean;
}

/** The rules for withdrawals, smallest first as the policy lists them: which holds, and who must sign. */
export function thresholdsOf(rules: readonly Rule[], matched: readonly string[]): Threshold[] {
  return rules
    .filter(({ when }) => when.actions?.includes('Withdraw') ?? matched.length > 0)
    .map((rule) => {
      const { overUsd, upToUsd, minutesUtc } = rule.when;
      const amounts = { ...rule, when: { overUsd, upToUsd, minutesUtc } };
      return {
        id: rule.id,
        when: whenRule(amounts, String),
        asks: thenWords(rule),
        isMatched: matched.includes(rule.id),
      };
    });
}

/** How much of the day's limits is used; undefined where there is none. */
export function dayWords(
  { dayUsd, todayUsd, destinationDayUsd, destinations }: WithdrawalLimitsView,
  to: string,
): string | undefined {
  const destination = destinations.find((each) => each.to === to);
  const own = [destination?.dayUsd ?? 0, destinationDayUsd].filter((usd) => usd > 0);
  const parts = [
    ...(dayUsd === 0 ? [] : [`${formatUsd(todayUsd)} of ${formatUsd(dayUsd)} USD in all`]),
    ...(own.length === 0
      ? []
      : [`${formatUsd(destination?.todayUsd ?? 0)} of ${formatUsd(Math.min(...own))} USD to this address`]),
  ];
  return parts.length === 0 ? undefined : `Withdrawn today: ${parts.join(', ')}.`;
}
