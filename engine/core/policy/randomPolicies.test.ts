// Goal: the judge of policies says what its documentation does, of whatever rules and question. How: random rules over a
// small tree beside a plain judge that lists the places each rule covers, knows nothing of the engine's and is read in
// one go.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals, Condition, Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { NONE } from '../memory/table.ts';
import { judgePolicy, type Question } from './judgePolicy.ts';

/** Cases; the long run asks for more. */
const RUNS = Number(process.env.BALLAST_LONG_COUNT ?? 2_000);

const { desk } = new FirmDesk();
const { state } = desk.engine;
const ROOT = state.firms.columns.root[FIRM]!;
const THEIRS = state.firms.columns.root[2]!;
const MACRO = openGroup('Macro', ROOT);
const RATES = openGroup('Rates', MACRO);
const VOL = openGroup('Vol', ROOT);
/** Each place with itself and all below it, written down by hand. */
const BELOW = new Map([
  [ROOT, [ROOT, MACRO, RATES, VOL]],
  [MACRO, [MACRO, RATES]],
  [RATES, [RATES]],
  [VOL, [VOL]],
  [THEIRS, [THEIRS]],
]);

function openGroup(label: string, parent: number): number {
  const action: Action = { kind: 'OpenNode', parent, label, isAccount: false };
  desk.accept({ kind: 'Propose', firm: FIRM, action });
  return state.directory.nodes.length - 1;
}

const KINDS = ['Transfer', 'SetLimits', 'UnlinkWallet'] as const satisfies readonly ActionKind[];
const ROLES = [Role.portfolioManager, Role.risk, Role.opsMaker];
const PLACES = [...BELOW.keys()];

const some = <T>(...of: readonly T[]) => fc.uniqueArray(fc.constantFrom(...of), { maxLength: 2 });
/** A condition that most rules do without, so that enough of them match. */
const seldom = <T>(of: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of });
const approvals = fc.record({
  is: fc.constant('approve' as const),
  groups: fc.array(
    fc.record({
      roles: fc.constantFrom<Role[]>([Role.risk], [Role.admin], [Role.risk, Role.admin]),
      side: fc.constantFrom('from' as const, 'to' as const),
      min: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 2 },
  ),
  vetoRoles: some(Role.risk, Role.admin),
  delayMs: fc.constantFrom(0, HOUR_MS, 2 * DAY_MS),
  expiryMs: fc.constantFrom(MINUTE_MS, DAY_MS),
});
const rule = fc.record({
  when: fc
    .record({
      roles: seldom(some(...ROLES)),
      actions: seldom(some(...KINDS)),
      nodes: fc.option(some(...PLACES), { nil: undefined, freq: 2 }),
      direction: seldom(fc.constantFrom('loosen' as const, 'tighten' as const)),
      isOwn: seldom(fc.boolean()),
      reach: seldom(fc.constantFrom('ownFirm' as const, 'otherFirm' as const)),
      overUsd: seldom(fc.constantFrom(5, 10)),
      upToUsd: seldom(fc.constantFrom(5, 10)),
      minutesUtc: seldom(fc.constantFrom({ from: 0, to: 60 }, { from: 1_380, to: 30 })),
    })
    .map(
      (conditions) =>
        Object.fromEntries(Object.entries(conditions).filter(([, is]) => is !== undefined)) as Condition,
    ),
  verdict: fc.oneof(
    fc.constant({ is: 'allow' as const }),
    fc.constant({ is: 'allow' as const }),
    fc.constant({ is: 'deny' as const }),
    approvals,
  ),
});
const asked = fc.record({
  firm: fc.constant(FIRM),
  member: fc.constant(1),
  role: fc.constantFrom(...ROLES),
  action: fc.constantFrom(...KINDS),
  facts: fc.record({
    from: some(...PLACES),
    to: some(...PLACES),
    direction: fc.constantFrom('loosen' as const, 'tighten' as const),
    movedUsd: fc.constantFrom(0, 5e6, 5e6 + 1, 11e6),
    subject: fc.constantFrom(NONE, 1, 2),
  }),
  timeMs: fc.constantFrom(10, 45, 1_400).map((minute) => 3 * DAY_MS + minute * MINUTE_MS),
});

/** Whether a rule is about a question, condition by condition. */
function isAbout({ when, verdict }: Rule, { role, action, facts, timeMs, member }: Question): boolean {
  const covered = new Set((when.nodes ?? PLACES).flatMap((node) => BELOW.get(node)!));
  const places = [...facts.from, ...facts.to];
  const own = BELOW.get(ROOT)!;
  // Of the whole firm: all its places where something is to be covered, any of them where it is to be touched.
  const of = places.length === 0 ? own : places;
  const here = of.filter((place) => covered.has(place)).length;
  const minute = (timeMs / MINUTE_MS) % 1_440;
  const { minutesUtc: span } = when;
  const isDay = span !== undefined && span.from < span.to;
  const conditions = [
    when.roles === undefined || when.roles.includes(role),
    when.actions === undefined || when.actions.includes(action),
    when.nodes === undefined || (verdict.is === 'allow' ? here === of.length : here > 0),
    when.direction === undefined || when.direction === facts.direction,
    when.isOwn === undefined || (facts.subject === member) === when.isOwn,
    when.reach === undefined || facts.to.includes(THEIRS) === (when.reach === 'otherFirm'),
    when.overUsd === undefined || facts.movedUsd > when.overUsd * 1e6,
    when.upToUsd === undefined || facts.movedUsd <= when.upToUsd * 1e6,
    span === undefined ||
      (isDay ? minute >= span.from && minute < span.to : minute >= span.from || minute < span.to),
  ];
  return !conditions.includes(false);
}

const named = ({ side, roles }: Approvals['groups'][number]) => `${side} ${[...roles].sort().join()}`;

/** What holds in plain words: refused, allowed, or every group's number of people, the delay, the time and who may object. */
function plain(rules: readonly Rule[], question: Question) {
  const about = rules.filter((each) => isAbout(each, question));
  if (about.length === 0 || about.some(({ verdict }) => verdict.is === 'deny')) return 'deny';
  const asks = about.flatMap(({ verdict }) => (verdict.is === 'approve' ? [verdict] : []));
  const isPower = question.action === 'SetLimits' && question.facts.direction === 'loosen';
  if (asks.length === 0 && !isPower) return 'allow';
  const groups = asks.flatMap((each) => each.groups);
  const names = [...new Set(groups.map(named))].sort();
  return {
    people: names.map((name) => [
      name,
      Math.max(...groups.filter((each) => named(each) === name).map(({ min }) => min)),
    ]),
    delayMs: Math.max(isPower ? DAY_MS : 0, ...asks.map(({ delayMs }) => delayMs)),
    expiryMs: Math.min(DAY_MS, ...asks.map(({ expiryMs }) => expiryMs)),
    objects: [...new Set(asks.flatMap(({ vetoRoles }) => vetoRoles))].sort(),
  };
}

function judged(rules: Rule[], question: Question): ReturnType<typeof plain> {
  const { verdict } = judgePolicy(state, { rules }, question, 5);
  if (verdict.is !== 'approve') return verdict.is;
  const { groups, delayMs, expiryMs, vetoRoles } = verdict;
  const people = groups.map((group): [string, number] => [named(group), group.min]);
  return { people: people.sort(), delayMs, expiryMs, objects: [...vetoRoles].sort() };
}

test('the judge says of any rules and question what the plain one says', () => {
  const seen = { deny: 0, allow: 0, approve: 0, nowhere: 0 };
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), asked, (drawn, question) => {
      const rules = drawn.map((each, at): Rule => ({ id: `R${at}`, ...each }));
      const expected = plain(rules, question);
      seen[typeof expected === 'string' ? expected : 'approve']++;
      const { from, to } = question.facts;
      if (from.length + to.length === 0 && expected !== 'deny') seen.nowhere++;
      expect(judged(rules, question)).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
  // Each outcome was among them, also of what has no place.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 200);
});

test('what has no place is of the whole firm: a part of it neither allows it nor lets it pass', () => {
  const question: Question = {
    firm: FIRM,
    member: 1,
    role: Role.risk,
    action: 'UnlinkWallet',
    facts: { from: [], to: [], direction: 'tighten', movedUsd: 0, subject: 2 },
    timeMs: 0,
  };
  const of = (is: 'allow' | 'deny', ...nodes: number[]): Rule => ({
    id: is,
    when: { nodes },
    verdict: { is },
  });
  const every: Rule = { id: 'ALL', when: {}, verdict: { is: 'allow' } };
  expect(judged([of('allow', VOL)], question)).toBe('deny');
  expect(judged([of('allow', ROOT)], question)).toBe('allow');
  expect(judged([every, of('deny', VOL)], question)).toBe('deny');
  expect(judged([every, of('deny', THEIRS)], question)).toBe('allow');
  expect(judged([every], question)).toBe('allow');
});
