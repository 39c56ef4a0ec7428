import { createStore } from 'zustand/vanilla';
import type { Rule } from '../../engine/protocol/commands/policy.ts';

interface PolicyStore {
  /** Rules that are being written; undefined: those in force are read. */
  draft: readonly Rule[] | undefined;
  /** Id of the rule that is looked at. */
  selected: string | undefined;
}

/** The policy that somebody writes on this page. It lives here alone until it is asked for. */
export const policyStore = createStore<PolicyStore>()(() => ({ draft: undefined, selected: undefined }));

export function selectRule(selected: string | undefined): void {
  policyStore.setState({ selected });
}

/** Puts a rule in another's place. */
export function changeRule(rules: readonly Rule[], id: string, rule: Rule): void {
  policyStore.setState({ draft: rules.map((each) => (each.id === id ? rule : each)), selected: rule.id });
}

export function removeRule(rules: readonly Rule[], id: string): void {
  policyStore.setState({ draft: rules.filter((each) => each.id !== id), selected: undefined });
}

/** A copy of a rule, or a new one, right behind the rules there are: their order says nothing. */
export function addRule(rules: readonly Rule[], like: Rule): void {
  let number = 1;
  while (rules.some(({ id }) => id === `NEW-${number}`)) number++;
  const id = `NEW-${number}`;
  policyStore.setState({ draft: [...rules, { ...like, id }], selected: id });
}

export function dropDraft(): void {
  policyStore.setState({ draft: undefined, selected: undefined });
}
