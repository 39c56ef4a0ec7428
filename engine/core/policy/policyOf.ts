import type { Policy, Rule } from '../../protocol/commands/policy.ts';
import { policyHash } from '../../protocol/typed/actionHash.ts';
import type { MemberFacts } from '../accounts/directory.ts';
import type { State } from '../state.ts';
import { solePolicy, standardPolicy } from './standardPolicy.ts';

/** Members of a firm who have not left, with their numbers. */
export function membersOf(state: State, firm: number): { member: number; facts: MemberFacts }[] {
  return state.directory.members.flatMap((facts, member) =>
    facts.firm === firm && !facts.isRemoved ? [{ member, facts }] : [],
  );
}

const hashes = new WeakMap<readonly Rule[], string>();

/** What names the policy a firm is judged by. Rules never change in place, so each list is hashed once. */
export function policyHashOf(state: State, firm: number): string {
  const { rules } = policyOf(state, firm);
  const hash = hashes.get(rules) ?? policyHash(rules);
  hashes.set(rules, hash);
  return hash;
}

/** The policy a firm is judged by: its own, else the standard one; a firm of one needs nobody else. */
export function policyOf(state: State, firm: number): Policy {
  const { policy } = state.directory.firms[firm]!;
  if (policy !== null) return policy;
  return membersOf(state, firm).length > 1 ? standardPolicy : solePolicy;
}
