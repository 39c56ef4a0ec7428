import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Approvals, Group, Policy, Rule, Verdict } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { USD_SCALE } from '../../units/money.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { isWithin } from '../firms/within.ts';
import type { State } from '../state.ts';
import type { ActionFacts } from './actionFacts.ts';
import { asksOwnersWord, isOwner, isOwnersWord, OWNERS_WORD } from './firmOwner.ts';

/** Who asks for what, and when. */
export interface Question {
  firm: number;
  member: number;
  role: Role;
  action: ActionKind;
  facts: ActionFacts;
  timeMs: number;
}

export interface Judgement {
  verdict: Verdict;
  /** Rules that matched, by their ids; none: nothing allows it. */
  rules: string[];
}

/** More power over the firm waits this long whatever its policy says: time for somebody to say no. */
const POWER_DELAY_MS = DAY_MS;
const POWERS: readonly ActionKind[] = [
  'AdmitMember',
  'ChangeMember',
  'LinkWallet',
  'SetPolicy',
  'SetLimits',
  'ListDestination',
  'SetWithdrawalLimits',
  'SetSegregation',
];

/**
 * What a policy says of a question: default deny, and the most restrictive of all that match. One denial denies; of
 * several that ask for approvals each holds: every group, the longest delay, the shortest time to agree. A withdrawal
 * always asks for the owner's word, and a move in the tree for all that lifting what it lifts would.
 *
 * @param count people in the firm: one alone waits for nobody
 */
export function judgePolicy(state: State, policy: Policy, question: Question, count: number): Judgement {
  const own = judgeOwn(state, policy, question, count);
  const lifts = question.facts.lifts ?? [];
  if (own.verdict.is === 'deny' || lifts.length === 0) return own;
  const { lifts: _, ...facts } = question.facts;
  const judged = lifts.map((action) => judgeLift(state, policy, { ...question, action, facts }, count));
  const rules = [...new Set([own, ...judged].flatMap((each) => each.rules))];
  if (judged.some(({ verdict }) => verdict.is === 'deny')) return { verdict: { is: 'deny' }, rules };
  const asked = approvalsOf([own, ...judged]);
  return { verdict: asked.length === 0 ? { is: 'allow' } : mostRestrictive(asked), rules };
}

/** What lifting something asks for: of who may lift it as the rules ask them, of anybody else as of all who may. */
function judgeLift(state: State, policy: Policy, question: Question, count: number): Judgement {
  const own = judgeOwn(state, policy, question, count);
  if (own.verdict.is !== 'deny') return own;
  const others = Object.values(Role).map((role) => ({
    role,
    ...judgeOwn(state, policy, { ...question, role }, count),
  }));
  const may = others.filter(({ verdict }) => verdict.is !== 'deny');
  if (may.length === 0) return own;
  const asked = approvalsOf(may);
  // Who may lift it alone is one of those who agree.
  const roles = may.flatMap(({ role, verdict }) =>
    verdict.is === 'approve' && verdict.groups.length > 0 ? [] : [role],
  );
  if (roles.length > 0) asked.push({ ...NOTHING, groups: [{ roles, side: 'from', min: 1 }] });
  return { verdict: mostRestrictive(asked), rules: [...new Set(may.flatMap(({ rules }) => rules))] };
}

function judgeOwn(state: State, { rules }: Policy, question: Question, count: number): Judgement {
  const matching = rules.filter((rule) => matches(state, rule, question));
  const ids = matching.map(({ id }) => id);
  if (matching.length === 0 || matching.some(({ verdict }) => verdict.is === 'deny'))
    return { verdict: { is: 'deny' }, rules: ids };
  const asked = approvalsOf(matching).map((each) => withOwnersWord(state, question, each));
  if (asked.length === 0 && needsOwnersWord(state, question))
    asked.push({ ...NOTHING, groups: [{ ...OWNERS_WORD }] });
  const isPower = count > 1 && POWERS.includes(question.action) && question.facts.direction === 'loosen';
  if (asked.length === 0 && !isPower) return { verdict: { is: 'allow' }, rules: ids };
  const needs = mostRestrictive(asked);
  return {
    verdict: { ...needs, delayMs: Math.max(needs.delayMs, isPower ? POWER_DELAY_MS : 0) },
    rules: ids,
  };
}

/**
 * All of several askings at once.
 *
 * @param ownerOf tells apart groups that are of the same roles but of another owner's people; without it none are
 */
export function mostRestrictive(
  asked: readonly Approvals[],
  ownerOf: (group: Group) => number | undefined = () => undefined,
): Approvals {
  return asked.reduce((a, b) => both(a, b, ownerOf), NOTHING);
}

/** A withdrawal, or an address for them, asks for the owner's word, unless it is the owner's own: no rule can leave it out. */
function needsOwnersWord(state: State, { action, firm, member }: Question): boolean {
  return asksOwnersWord(action) && !isOwner(state, firm, member);
}

function withOwnersWord(state: State, question: Question, needs: Approvals): Approvals {
  if (!asksOwnersWord(question.action)) return needs;
  const others = needs.groups.filter((group) => !isOwnersWord(group));
  const own = needsOwnersWord(state, question) ? [{ ...OWNERS_WORD }] : [];
  return { ...needs, groups: [...others, ...own] };
}

function approvalsOf(rules: readonly Pick<Rule, 'verdict'>[]): Approvals[] {
  return rules.flatMap(({ verdict }) => (verdict.is === 'approve' ? [verdict] : []));
}

/** Nobody has to agree, and there is a day for it. */
const NOTHING: Approvals = { is: 'approve', groups: [], vetoRoles: [], delayMs: 0, expiryMs: DAY_MS };

function both(a: Approvals, b: Approvals, ownerOf: (group: Group) => number | undefined): Approvals {
  const groups = a.groups.map((group) => ({ ...group }));
  for (const group of b.groups) {
    const same = groups.find((each) => isSameGroup(each, group) && ownerOf(each) === ownerOf(group));
    if (same === undefined) groups.push({ ...group });
    else {
      same.min = Math.max(same.min, group.min);
      if (same.places !== undefined) same.places = [...new Set([...same.places, ...(group.places ?? [])])];
    }
  }
  return {
    is: 'approve',
    groups,
    vetoRoles: [...new Set([...a.vetoRoles, ...b.vetoRoles])],
    delayMs: Math.max(a.delayMs, b.delayMs),
    expiryMs: Math.min(a.expiryMs, b.expiryMs),
  };
}

function isSameGroup(a: Group, b: Group): boolean {
  const has = (roles: readonly Role[]) => [...roles].sort((x, y) => x - y).join();
  return a.side === b.side && has(a.roles) === has(b.roles);
}

function matches(state: State, { when, verdict }: Rule, question: Question): boolean {
  const { facts, role, action, member, firm, timeMs } = question;
  const isAbroad = facts.to.some((node) => state.nodes.columns.firm[node] !== firm);
  return (
    (when.roles?.includes(role) ?? true) &&
    (when.actions?.includes(action) ?? true) &&
    (when.nodes === undefined || touches(state, when.nodes, verdict, question)) &&
    (when.direction === undefined || when.direction === facts.direction) &&
    (when.isOwn === undefined || when.isOwn === (facts.subject === member)) &&
    (when.reach === undefined || (when.reach === 'otherFirm') === isAbroad) &&
    (when.overUsd === undefined || facts.movedUsd > when.overUsd * USD_SCALE) &&
    (when.upToUsd === undefined || facts.movedUsd <= when.upToUsd * USD_SCALE) &&
    (when.minutesUtc === undefined || isDuring(when.minutesUtc, timeMs))
  );
}

/**
 * What allows must cover all of it; what refuses or asks for more holds as soon as it touches any of it. An action
 * without a place is of the whole firm: what allows must cover its root, and what does not touches it everywhere.
 */
function touches(
  state: State,
  nodes: readonly number[],
  { is }: Verdict,
  { firm, facts }: Question,
): boolean {
  const isCovered = (place: number) => nodes.some((above) => isWithin(state, place, above));
  const places = [...facts.from, ...facts.to];
  if (places.length > 0) return is === 'allow' ? places.every(isCovered) : places.some(isCovered);
  if (is === 'allow') return isCovered(state.firms.columns.root[firm]!);
  return nodes.some((node) => state.nodes.columns.firm[node] === firm);
}

function isDuring({ from, to }: { from: number; to: number }, timeMs: number): boolean {
  const minute = Math.floor((timeMs % DAY_MS) / MINUTE_MS);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
