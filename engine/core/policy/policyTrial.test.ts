import { expect, test } from 'vitest';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { Role } from '../../protocol/enums.ts';
import type { PolicyQuestion } from '../../protocol/views/policyTrial.ts';
import { policyTrialOf } from './policyTrial.ts';
import { standardPolicy } from './standardPolicy.ts';

const { state } = new FirmDesk().desk.engine;
const { rules } = standardPolicy;
const question: PolicyQuestion = {
  action: 'Transfer',
  node: 1,
  direction: 'loosen',
  movedUsd: 300_000,
  isOwn: false,
};
const outcomeOf = (role: Role, asked: Partial<PolicyQuestion> = {}) =>
  policyTrialOf(state, FIRM, rules, { ...question, ...asked }).outcomes.find((each) => each.role === role)!;

test('each role hears what the judge of its real questions would say', () => {
  const manager = outcomeOf(Role.portfolioManager);
  expect(manager).toMatchObject({ verdict: { is: 'approve' }, rules: ['TRANSFER'], hasPeople: true });
  expect(outcomeOf(Role.portfolioManager, { movedUsd: 250_000 })).toMatchObject({
    verdict: { is: 'allow' },
    rules: ['TRANSFER-SMALL'],
  });
  expect(outcomeOf(Role.trader)).toMatchObject({ verdict: { is: 'deny' }, rules: [] });
  const own = { action: 'RevokeKey', direction: 'tighten', isOwn: true } as const;
  expect(outcomeOf(Role.trader, own)).toMatchObject({ verdict: { is: 'allow' }, rules: ['OWN-KEYS'] });
});

test('a draft is asked the same way, and says where the people for it are missing', () => {
  const draft = rules.map((rule) =>
    rule.id === 'TRANSFER' && rule.verdict.is === 'approve'
      ? {
          ...rule,
          verdict: { ...rule.verdict, groups: [{ roles: [Role.opsApprover], side: 'from', min: 3 }] },
        }
      : rule,
  );
  const { outcomes } = policyTrialOf(state, FIRM, draft as typeof rules, question);
  expect(outcomes.find(({ role }) => role === Role.portfolioManager)).toMatchObject({ hasPeople: false });
});

test('the end of a wallet has no place: a rule for a part of the firm does not allow it', () => {
  const asked = { ...question, action: 'UnlinkWallet', direction: 'tighten', movedUsd: 0 } as const;
  const of = (node: number) => {
    const draft = [{ id: 'PART', when: { nodes: [node] }, verdict: { is: 'allow' as const } }];
    return policyTrialOf(state, FIRM, draft, asked).outcomes[0]!.verdict.is;
  };
  expect([of(question.node), of(state.firms.columns.root[FIRM]!)]).toEqual(['deny', 'allow']);
});

test('what is no policy and no place of the firm is refused', () => {
  expect(policyTrialOf(state, FIRM, [], question).refusal?.code).toBe('policy.invalid');
  expect(policyTrialOf(state, FIRM, rules, { ...question, node: 900 }).refusal?.code).toBe('node.unknown');
});

test('a change set is asked as one transfer and one port: whom either asks for', () => {
  const set = outcomeOf(Role.portfolioManager, { action: 'ChangeSet' });
  expect(set.rules).toEqual(['TRANSFER', 'PORT']);
  expect(set.verdict).toMatchObject({ is: 'approve', expiryMs: 600_000 });
  expect(outcomeOf(Role.trader, { action: 'ChangeSet' })).toMatchObject({ verdict: { is: 'deny' } });
});

test('a withdrawal, and an address for one, ask for the owner’s own word, whoever has the role', () => {
  const owner = { roles: [Role.firmOwner], side: 'from', min: 1 };
  for (const action of ['Withdraw', 'ListDestination'] as const) {
    const { verdict, hasPeople } = outcomeOf(Role.opsMaker, { action });
    expect(verdict).toMatchObject({ is: 'approve', groups: expect.arrayContaining([owner]) });
    expect(hasPeople).toBe(true);
  }
});

test('a key is asked by how far it may trade past a soft limit', () => {
  const own = { action: 'ApproveKey', isOwn: true } as const;
  expect(outcomeOf(Role.trader, { ...own, movedUsd: 0 }).rules).toEqual(['KEYS']);
  expect(outcomeOf(Role.trader, { ...own, movedUsd: 1 }).rules).toEqual(['KEYS-PAST-SOFT']);
  expect(outcomeOf(Role.trader, { ...own, isOwn: false }).verdict.is).toBe('deny');
});
