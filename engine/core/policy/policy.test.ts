// Goal: what no rule allows is refused, the most restrictive of the rules that match holds, and no firm locks itself
// out. How: policies of a few rules asked one question each, and the sandbox's firm with the standard one.
import { describe, expect, test } from 'vitest';
import { all } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Approvals, Condition, Rule, Verdict } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { NONE } from '../memory/table.ts';
import type { ActionFacts } from './actionFacts.ts';
import { isPolicyValid } from './checkPolicy.ts';
import { judgePolicy, type Question } from './judgePolicy.ts';
import { standardPolicy } from './standardPolicy.ts';

const firm = new FirmDesk();
const { state } = firm.desk.engine;
const ROOT = state.firms.columns.root[FIRM]!;
const THEIRS = state.firms.columns.root[2]!;
const [GROUP, OTHER] = ['Macro', 'Vol'].map((label) => openGroup(label)) as [number, number];

function openGroup(label: string): number {
  const action: Action = { kind: 'OpenNode', parent: ROOT, label, isAccount: false };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action });
  return state.directory.nodes.length - 1;
}

const facts: ActionFacts = { from: [GROUP], to: [], direction: 'loosen', movedUsd: 0, subject: NONE };
const question: Question = {
  firm: FIRM,
  member: 1,
  role: Role.portfolioManager,
  action: 'RenameNode',
  facts,
  timeMs: 10 * MINUTE_MS,
};

function judge(rules: Rule[], asked: Partial<Question> = {}, about: Partial<ActionFacts> = {}) {
  return judgePolicy(state, { rules }, { ...question, ...asked, facts: { ...facts, ...about } }, 5);
}

const allow: Verdict = { is: 'allow' };
const deny: Verdict = { is: 'deny' };
const approve = (terms: Partial<Approvals> = {}): Approvals => ({
  is: 'approve',
  groups: [{ roles: [Role.risk], side: 'from', min: 1 }],
  vetoRoles: [],
  delayMs: 0,
  expiryMs: DAY_MS,
  ...terms,
});
const rule = (verdict: Verdict, when: Condition = {}, id = 'R'): Rule => ({ id, when, verdict });

describe('of rules that match', () => {
  test('none is a refusal', () => {
    expect(judge([])).toEqual({ verdict: deny, rules: [] });
    expect(judge([rule(allow, { roles: [Role.risk] })]).verdict.is).toBe('deny');
  });

  test('the most restrictive holds, wherever it stands', () => {
    for (const rules of [
      [rule(allow, {}, 'A'), rule(approve(), {}, 'B'), rule(deny, {}, 'C')],
      [rule(deny, {}, 'A'), rule(approve(), {}, 'B'), rule(allow, {}, 'C')],
    ])
      expect(judge(rules)).toEqual({ verdict: deny, rules: ['A', 'B', 'C'] });
    expect(judge([rule(allow), rule(approve())]).verdict).toEqual(approve());
  });

  test('several that ask for others all hold: every group, the longest delay, the shortest time', () => {
    const risk = { roles: [Role.risk], side: 'from', min: 1 } as const;
    const admins = { roles: [Role.admin], side: 'from', min: 2 } as const;
    const first = approve({ groups: [{ ...risk, roles: [Role.risk] }], delayMs: 5, vetoRoles: [Role.risk] });
    const second = approve({
      groups: [
        { ...admins, roles: [Role.admin] },
        { ...risk, roles: [Role.risk], min: 3 },
      ],
      expiryMs: MINUTE_MS,
      vetoRoles: [Role.risk, Role.admin],
    });
    expect(judge([rule(first), rule(second)]).verdict).toEqual({
      is: 'approve',
      groups: [{ ...risk, min: 3 }, { ...admins }],
      vetoRoles: [Role.risk, Role.admin],
      delayMs: 5,
      expiryMs: MINUTE_MS,
    });
  });
});

describe('a condition', () => {
  const cases: [string, Condition, Partial<Question>, Partial<ActionFacts>, boolean][] = [
    ['names its roles', { roles: [Role.portfolioManager] }, {}, {}, true],
    ['names its actions', { actions: ['OpenNode'] }, {}, {}, false],
    ['reaches below its nodes', { nodes: [ROOT] }, {}, {}, true],
    ['and no further', { nodes: [OTHER] }, {}, {}, false],
    ['knows what loosens', { direction: 'tighten' }, {}, {}, false],
    ['knows one’s own', { isOwn: true }, {}, { subject: 1 }, true],
    ['and others’', { isOwn: true }, {}, { subject: 2 }, false],
    ['knows who else is touched', { reach: 'otherFirm' }, {}, { to: [THEIRS] }, true],
    ['and who is not', { reach: 'otherFirm' }, {}, { to: [OTHER] }, false],
    ['is up to a value, it included', { upToUsd: 5 }, {}, { movedUsd: 5e6 }, true],
    ['and not a unit more', { upToUsd: 5 }, {}, { movedUsd: 5e6 + 1 }, false],
    ['is over a value, it excluded', { overUsd: 5 }, {}, { movedUsd: 5e6 }, false],
    ['starts at its minute', { minutesUtc: { from: 10, to: 11 } }, {}, {}, true],
    ['and ends before its last', { minutesUtc: { from: 5, to: 10 } }, {}, {}, false],
    ['goes over midnight', { minutesUtc: { from: 1_430, to: 11 } }, {}, {}, true],
  ];
  test.each(cases)('%s', (_, when, asked, about, isMet) => {
    expect(judge([rule(allow, when)], asked, about).verdict.is).toBe(isMet ? 'allow' : 'deny');
  });

  test('on places covers all of them where it allows, and any of them where it does not', () => {
    const both = { from: [GROUP], to: [OTHER] };
    expect(judge([rule(allow, { nodes: [GROUP] })], {}, both).verdict.is).toBe('deny');
    expect(judge([rule(allow), rule(deny, { nodes: [OTHER] })], {}, both).verdict.is).toBe('deny');
    expect(judge([rule(allow), rule(approve(), { nodes: [OTHER] })], {}, both).verdict.is).toBe('approve');
  });
});

test('more power over the firm waits a day whatever the rules say, but not in a firm of one', () => {
  const asked = { ...question, action: 'SetPolicy' as const };
  const open = { rules: [rule(allow)] };
  expect(judgePolicy(state, open, asked, 2).verdict).toMatchObject({
    is: 'approve',
    groups: [],
    delayMs: DAY_MS,
  });
  expect(judgePolicy(state, open, asked, 1).verdict).toEqual(allow);
});

test('a policy is refused whole when a rule of it has not the documented shape', () => {
  expect(isPolicyValid(standardPolicy.rules)).toBe(true);
  const group = { roles: [Role.risk], side: 'from', min: 1 } as const;
  const bad: Rule[][] = [
    [],
    [rule(allow), rule(allow)],
    [rule(allow, {}, 'small letters')],
    [rule(allow, { roles: [10 as Role] })],
    [rule(allow, { nodes: [-1] })],
    [rule(allow, { overUsd: 0.5 })],
    [rule(allow, { minutesUtc: { from: 0, to: 1_441 } })],
    [rule({ is: 'maybe' } as never)],
    [rule(approve({ groups: [{ ...group, roles: [], min: 1 }] }))],
    [rule(approve({ groups: [{ ...group, roles: [Role.auditor] }] }))],
    [rule(approve({ groups: [{ ...group, roles: [Role.risk], min: 0 }] }))],
    [rule(approve({ vetoRoles: [Role.auditor] }))],
    [rule(approve({ delayMs: -1 }))],
    [rule(approve({ expiryMs: MINUTE_MS - 1 }))],
    Array.from({ length: 65 }, (_, at) => rule(allow, {}, `R${at}`)),
  ];
  for (const rules of bad) expect([isPolicyValid(rules), rules]).toEqual([false, rules]);
});

describe('the firm', () => {
  const admins = (min: number): Rule[] => [
    rule(approve({ groups: [{ roles: [Role.admin], side: 'from', min }] }), { roles: [Role.opsMaker] }),
  ];

  test('policy.denied: what no rule of it lets a role do', () => {
    const desk = new FirmDesk();
    for (const person of ['trader', 'auditor', 'risk', 'admin', 'treasury signer', 'firm owner'] as const) {
      desk.ask(person, { kind: 'OpenNode', parent: ROOT, label: 'Macro', isAccount: false });
      expect([person, desk.code]).toEqual([person, 'policy.denied']);
    }
  });

  test('actor.outOfScope: another firm, and a part of the tree one does not reach', () => {
    const desk = new FirmDesk();
    desk.ask('portfolio manager', { kind: 'RenameNode', node: THEIRS, label: 'Ours' }, 2);
    expect(desk.code).toBe('actor.outOfScope');
    const member = desk.memberOf('portfolio manager');
    const leaf = desk.desk.engine.state.directory.nodes.length - 1;
    const node = desk.desk.engine.state.firms.columns.root[FIRM]! + 1;
    const change: Action = { kind: 'ChangeMember', member, role: Role.portfolioManager, nodes: [node] };
    desk.desk.accept({ kind: 'Propose', firm: FIRM, action: change });
    desk.ask('portfolio manager', { kind: 'RenameNode', node: ROOT, label: 'Mine' });
    expect(desk.code).toBe('actor.outOfScope');
    desk.ask('portfolio manager', { kind: 'RenameNode', node, label: 'Mine' });
    expect(desk.code).toBeUndefined();
    expect(leaf).toBeGreaterThan(node);
  });

  test('policy.quorumImpossible: more people are asked for than there are', () => {
    const desk = new FirmDesk();
    const { members } = desk.desk.engine.state.directory;
    const rules = [...admins(4), ...standardPolicy.rules];
    desk.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
    desk.ask('ops-maker', { kind: 'SetPolicy', rules: admins(2) });
    expect(desk.code).toBe('policy.quorumImpossible');
    expect(members.filter(({ role }) => role === Role.admin)).toHaveLength(3);
  });

  test('policy.lockout: the last who could change it stay, and so do the rules they need', () => {
    const desk = new FirmDesk();
    const remove = (person: 'third admin' | 'second admin' | 'ops-maker'): Action => ({
      kind: 'RemoveMember',
      member: desk.memberOf(person),
    });
    desk.approve('second admin', desk.open('risk', remove('third admin')));
    desk.ask('risk', remove('second admin'));
    expect(desk.code).toBe('policy.lockout');
    desk.ask('risk', remove('ops-maker'));
    expect(desk.code).toBe('policy.lockout');
    desk.ask('ops-maker', { kind: 'SetPolicy', rules: admins(4) });
    expect(desk.code).toBe('policy.lockout');
    desk.ask('ops-maker', { kind: 'SetPolicy', rules: [] });
    expect(desk.code).toBe('policy.invalid');
  });

  test('a firm of one is its owner’s, until there is a second', () => {
    const desk = new FirmDesk();
    const [{ firm: theirs }] = [
      desk.desk.engine.state.directory.members[desk.memberOf('counterparty trader')]!,
    ];
    const admit: Action = {
      kind: 'AdmitMember',
      address: `0x${'e9'.repeat(20)}`,
      role: Role.admin,
      label: 'Admin',
      nodes: [],
    };
    const events = desk.ask('counterparty trader', admit, theirs);
    expect(all(events, 'MemberAdded')).toHaveLength(1);
    desk.ask('counterparty trader', { ...admit, address: `0x${'fa'.repeat(20)}` }, theirs);
    expect(desk.code).toBe('policy.denied');
  });
});
