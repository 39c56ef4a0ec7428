import { expect, test } from 'vitest';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { MemberView } from '../../../../engine/protocol/views/directory.ts';
import { actionOf, draftOf } from './MemberForm.state.ts';

const address = `0x${'Ab'.repeat(20)}`;
const member = { member: 7, role: Role.risk, nodes: [1] } as unknown as MemberView;

test('nobody is admitted without a name and an address', () => {
  const draft = draftOf(undefined);
  expect(actionOf(draft, undefined)).toBeUndefined();
  expect(actionOf({ ...draft, label: ' Risk 3 ', address, role: Role.risk }, undefined)).toEqual({
    kind: 'AdmitMember',
    address: address.toLowerCase(),
    role: Role.risk,
    label: 'Risk 3',
    nodes: [],
  });
});

test('a member as they are is no change', () => {
  const draft = draftOf(member);
  expect(actionOf(draft, member)).toBeUndefined();
  expect(actionOf({ ...draft, nodes: [] }, member)).toEqual({
    kind: 'ChangeMember',
    member: 7,
    role: Role.risk,
    nodes: [],
  });
});

test('who reaches several places keeps them all when something else changes, in whatever order they stand', () => {
  const trader = { member: 8, role: Role.trader, nodes: [4, 3] } as unknown as MemberView;
  const draft = draftOf(trader);
  expect(actionOf(draft, trader)).toBeUndefined();
  expect(actionOf({ ...draft, nodes: [3, 4] }, trader)).toBeUndefined();
  expect(actionOf({ ...draft, role: Role.auditor }, trader)).toMatchObject({ nodes: [3, 4] });
  expect(actionOf({ ...draft, nodes: [4] }, trader)).toMatchObject({ role: Role.trader, nodes: [4] });
});

test('a wallet is added or ended by its address, and who leaves needs none', () => {
  const draft = draftOf(member);
  expect(actionOf({ ...draft, change: 'LinkWallet' }, member)).toBeUndefined();
  expect(actionOf({ ...draft, change: 'LinkWallet', address }, member)?.kind).toBe('LinkWallet');
  expect(actionOf({ ...draft, change: 'RemoveMember' }, member)).toEqual({ kind: 'RemoveMember', member: 7 });
});
