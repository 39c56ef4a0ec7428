import type { Approvals, Condition, Rule, Verdict } from '../../../../engine/protocol/commands/policy.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import { DAY_MS } from '../../../../engine/units/time.ts';

/** The rule with a part of its condition, or without it: what is left out holds for everything. */
export function withCondition<K extends keyof Condition>(rule: Rule, key: K, value: Condition[K]): Rule {
  const { [key]: _, ...rest } = rule.when;
  return { ...rule, when: value === undefined ? rest : { ...rest, [key]: value } };
}

/** Whole USD as typed; empty is no bound, and what is no number changes nothing. */
export function withAmount(rule: Rule, key: 'overUsd' | 'upToUsd', typed: string): Rule {
  const digits = typed.replaceAll(',', '').trim();
  if (digits === '') return withCondition(rule, key, undefined);
  return /^\d{1,12}$/.test(digits) ? withCondition(rule, key, Number(digits)) : rule;
}

/** What a verdict begins with; an approval asks for one admin, for a day. */
export function verdictOf(is: Verdict['is']): Verdict {
  if (is !== 'approve') return { is };
  const groups: Approvals['groups'] = [{ roles: [Role.admin], side: 'from', min: 1 }];
  return { is, groups, vetoRoles: [], delayMs: 0, expiryMs: DAY_MS };
}

/** Whether no other rule has its id. */
export function isOf(rules: readonly Rule[], { id }: Rule): boolean {
  return id !== '' && rules.filter((rule) => rule.id === id).length === 1;
}
