import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Action, ChangeSet } from '../../protocol/commands/actions.ts';
import type { Approvals, Group, Policy } from '../../protocol/commands/policy.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { type ActionFacts, factsOf, partFactsOf } from './actionFacts.ts';
import { type Judgement, judgePolicy, mostRestrictive, type Question } from './judgePolicy.ts';

/** Who asks, when, and of how many people in the firm. */
export interface Asker extends Pick<Question, 'firm' | 'member' | 'role' | 'timeMs'> {
  count: number;
  /** Of an open proposal its number: what was asked for later does not count for it. */
  openedBefore?: number;
}

/** What the policy says of one part of a change set. */
export interface PartJudgement extends Judgement {
  facts: ActionFacts;
}

export interface ActionJudgement extends Judgement {
  facts: ActionFacts;
  /** Of a change set, part by part; else empty. */
  parts: PartJudgement[];
}

/**
 * What a policy says of an action. A change set is judged by the rules for each of its parts: one that is denied denies
 * all, and of those that must be agreed to everybody must agree, each over the places of the parts that ask for them.
 * Rules that name change sets themselves add to that; without any, none is needed.
 */
export function judgeAction(state: State, policy: Policy, asker: Asker, action: Action): ActionJudgement {
  const facts = factsOf(state, asker.firm, action, asker.openedBefore);
  if (action.kind !== 'ChangeSet')
    return { ...judgeKind(state, policy, asker, { kind: action.kind, facts }), parts: [] };
  const kinds = action.parts.map(({ kind }) => kind);
  const parts = partFactsOf(state, asker.firm, action.parts).map((each, at) => ({
    kind: kinds[at]!,
    facts: each,
  }));
  return judgeSet(state, policy, asker, facts, parts);
}

/** A kind of action, and what a policy asks of it. */
interface Kind {
  kind: ActionKind;
  facts: ActionFacts;
}

/** What a policy says of a change set by what it is made of. */
export function judgeSet(
  state: State,
  policy: Policy,
  asker: Asker,
  facts: ActionFacts,
  of: readonly Kind[],
): ActionJudgement {
  const parts = of.map((part) => judgeKind(state, policy, asker, part));
  const ofSets = policy.rules.filter(({ when }) => when.actions?.includes('ChangeSet'));
  const ofSet = judgeKind(state, { rules: ofSets }, asker, { kind: 'ChangeSet', facts });
  return { ...together(state, policy, ofSet.rules.length === 0 ? parts : [...parts, ofSet]), facts, parts };
}

function judgeKind(
  state: State,
  rules: Policy,
  { count, openedBefore: _, ...asker }: Asker,
  { kind, facts }: Kind,
): PartJudgement {
  return { ...judgePolicy(state, rules, { ...asker, action: kind, facts }, count), facts };
}

function together(state: State, policy: Policy, judged: readonly PartJudgement[]): Judgement {
  const matched = new Set(judged.flatMap(({ rules }) => rules));
  const rules = policy.rules.map(({ id }) => id).filter((id) => matched.has(id));
  // A set without parts asks for nothing that a rule could allow.
  if (judged.length === 0 || judged.some(({ verdict }) => verdict.is === 'deny'))
    return { verdict: { is: 'deny' }, rules };
  const asked = judged.flatMap(({ verdict, facts }) =>
    verdict.is === 'approve' ? [{ ...verdict, groups: placed(verdict, facts) }] : [],
  );
  if (asked.length === 0) return { verdict: { is: 'allow' }, rules };
  return { verdict: mostRestrictive(asked, ownersOf(state)), rules };
}

/** Whose people a group of some places is of; undefined of one without. */
export function ownersOf(state: State): (group: Group) => number | undefined {
  return ({ places = [] }) => state.nodes.columns.firm[places[0] ?? NONE];
}

function placed({ groups }: Approvals, facts: ActionFacts): Group[] {
  return groups.map((group) => ({ ...group, places: facts[group.side] }));
}

/** The transfers of an action that moves collateral. */
export function transfersOfSet({ parts }: ChangeSet) {
  return parts.flatMap((part) => (part.kind === 'Transfer' ? [part] : []));
}
