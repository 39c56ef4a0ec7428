import type { Rule, Verdict } from '../../engine/protocol/commands/policy.ts';
import type { Role } from '../../engine/protocol/enums.ts';
import type { PolicyQuestion, RoleOutcomeView } from '../../engine/protocol/views/policyTrial.ts';
import { formatCount } from '../format.ts';

/** Amounts between which no rule of withdrawals tells one from another, whole USD: over `overUsd`, up to `upToUsd`. */
export interface WithdrawalBand {
  overUsd: number;
  /** Undefined for the last: there is no end. */
  upToUsd: number | undefined;
}

/** Where the rules that can match a withdrawal begin and end: below, between and above all of their amounts. */
export function withdrawalBands(rules: readonly Rule[]): WithdrawalBand[] {
  const ofWithdrawals = rules.filter(({ when }) => when.actions?.includes('Withdraw') ?? true);
  const edges = ofWithdrawals.flatMap(({ when: { overUsd, upToUsd } }) => [overUsd ?? 0, upToUsd ?? 0]);
  const sorted = [...new Set(edges)].filter((usd) => usd > 0).sort((a, b) => a - b);
  return [0, ...sorted].map((overUsd, index) => ({ overUsd, upToUsd: sorted[index] }));
}

/** What the desk is asked of a band: one amount inside it, since all of them are judged alike. */
export function questionOf({ overUsd, upToUsd }: WithdrawalBand, node: number): PolicyQuestion {
  const movedUsd = upToUsd ?? overUsd + 1;
  return { action: 'Withdraw', node, direction: 'loosen', movedUsd, isOwn: false };
}

export function bandWords({ overUsd, upToUsd }: WithdrawalBand): string {
  if (upToUsd === undefined) return overUsd === 0 ? 'any amount' : `over ${formatCount(overUsd)}`;
  return overUsd === 0
    ? `up to ${formatCount(upToUsd)}`
    : `over ${formatCount(overUsd)}, up to ${formatCount(upToUsd)}`;
}

/** Who asks alike: roles for which the same rules say the same. */
export interface BandAnswer {
  roles: Role[];
  verdict: Verdict;
  rules: string[];
  /** Whether each of them has somebody who asks, and people enough who could agree. */
  hasPeople: boolean;
}

/** What a band's amounts need, by who asks; none: nobody may ask for one. */
export function bandAnswers(outcomes: readonly RoleOutcomeView[]): BandAnswer[] {
  const answers = new Map<string, BandAnswer>();
  for (const { role, verdict, rules, hasPeople } of outcomes) {
    if (verdict.is === 'deny') continue;
    const key = JSON.stringify([verdict, rules]);
    const answer = answers.get(key) ?? { roles: [], verdict, rules, hasPeople: true };
    answers.set(key, {
      ...answer,
      roles: [...answer.roles, role],
      hasPeople: answer.hasPeople && hasPeople,
    });
  }
  return [...answers.values()];
}
