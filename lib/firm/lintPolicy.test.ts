import { expect, test } from 'vitest';
import type { Condition, Rule, Verdict } from '../../engine/protocol/commands/policy.ts';
import { Role } from '../../engine/protocol/enums.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import { lintPolicy } from './lintPolicy.ts';

const { trader, risk, admin, opsMaker } = Role;
const firm = {
  nodes: [
    { node: 0, parent: null },
    { node: 1, parent: 0 },
    { node: 3, parent: 1 },
  ],
  members: [trader, risk, admin, admin].map((role, member) => ({ member, role, isRemoved: false })),
} as unknown as FirmView;

const rule = (id: string, when: Condition, verdict: Verdict = { is: 'allow' }): Rule => ({
  id,
  when,
  verdict,
});
const approve = (min: number, role: Role): Verdict => ({
  is: 'approve',
  groups: [{ roles: [role], side: 'from', min }],
  vetoRoles: [],
  delayMs: 0,
  expiryMs: 60_000,
});
const found = (...rules: Rule[]) => lintPolicy(rules, firm).map(({ rule: id, is }) => [id, is]);

test('a rule that never matches is unreachable', () => {
  expect(found(rule('A', { roles: [] }))).toEqual([['A', 'unreachable']]);
  expect(found(rule('A', { overUsd: 100, upToUsd: 100 }))).toEqual([['A', 'unreachable']]);
  expect(found(rule('A', { nodes: [99] }))).toEqual([['A', 'unreachable']]);
  expect(found(rule('A', { minutesUtc: { from: 5, to: 5 } }))).toEqual([['A', 'unreachable']]);
  expect(found(rule('A', { overUsd: 100, upToUsd: 101, nodes: [3] }))).toEqual([]);
});

test('a part of the tree allows no end of a wallet, which has no place; the root does, and a refusal stands', () => {
  const when = { actions: ['UnlinkWallet' as const] };
  expect(found(rule('A', { ...when, nodes: [1, 3] }))).toEqual([['A', 'unreachable']]);
  expect(found(rule('A', { ...when, nodes: [3, 0] }))).toEqual([]);
  expect(found(rule('A', { actions: ['UnlinkWallet', 'Transfer'], nodes: [3] }))).toEqual([]);
  expect(found(rule('A', { ...when, nodes: [3] }, { is: 'deny' }))).toEqual([]);
});

test('what a stricter rule always matches with changes nothing, wherever it stands', () => {
  const deny = rule('NO', { actions: ['Transfer'] }, { is: 'deny' });
  const allow = rule('YES', { actions: ['Transfer'], roles: [trader] });
  expect(found(allow, deny)).toEqual([['YES', 'shadowed']]);
  expect(found(deny, allow)).toEqual([['YES', 'shadowed']]);
  expect(found(deny, rule('YES', { roles: [trader] }))).toEqual([]);
  const [one, two] = [rule('ONE', {}, approve(1, admin)), rule('TWO', {}, approve(2, admin))];
  expect(found(one, two)).toEqual([['ONE', 'shadowed']]);
  expect(found(one, rule('OTHER', {}, approve(1, risk)))).toEqual([]);
});

test('of two that say the same the later is spare', () => {
  expect(found(rule('A', { roles: [trader] }), rule('B', { roles: [trader] }))).toEqual([['B', 'shadowed']]);
});

test('a place inside another is covered by what refuses there', () => {
  const deny = rule('NO', { nodes: [1] }, { is: 'deny' });
  expect(found(deny, rule('YES', { nodes: [3] }))).toEqual([['YES', 'shadowed']]);
  expect(found(rule('NO', { nodes: [3] }, { is: 'deny' }), rule('YES', { nodes: [1] }))).toEqual([]);
});

test('more people than there are besides who asks is an impossible quorum', () => {
  expect(found(rule('A', { roles: [trader] }, approve(2, admin)))).toEqual([]);
  expect(found(rule('A', { roles: [admin] }, approve(2, admin)))).toEqual([['A', 'quorum']]);
  expect(found(rule('A', { roles: [trader] }, approve(2, risk)))).toEqual([['A', 'quorum']]);
  expect(found(rule('A', { roles: [opsMaker] }, approve(1, risk)))).toEqual([['A', 'quorum']]);
});
