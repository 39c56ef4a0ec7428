import { expect, test } from 'vitest';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { MemberView } from '../../../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { actionOf, draftOf } from './MemberForm.state.ts';

const address = `0x${'Ab'.repeat(20)}`;
const firm = {
  nodes: [
    { node: 1, account: null },
    { node: 3, account: 8 },
    { node: 4, account: 9 },
    { node: 5, account: 10 },
  ],
} as unknown as FirmView;
const member = { member: 7, role: Role.risk, nodes: [1] } as unknown as MemberView;

test('nobody is admitted without a name and an address', () => {
  const draft = draftOf(undefined, firm);
  expect(actionOf(draft, undefined, firm)).toBeUndefined();
  expect(actionOf({ ...draft, label: ' Risk 3 ', address, role: Role.risk }, undefined, firm)).toEqual({
    kind: 'AdmitMember',
    address: address.toLowerCase(),
    role: Role.risk,
    label: 'Risk 3',
    nodes: [],
  });
});

test('a member as they are is no change', () => {
  const draft = draftOf(member, firm);
  expect(actionOf(draft, member, firm)).toBeUndefined();
  expect(actionOf({ ...draft, nodes: [] }, member, firm)).toEqual({
    kind: 'ChangeMember',
    member: 7,
    role: Role.risk,
    nodes: [],
  });
});

test('who reaches several places keeps them all when something else changes, in whatever order they stand', () => {
  const trader = { member: 8, role: Role.trader, nodes: [4, 3] } as unknown as MemberView;
  const draft = draftOf(trader, firm);
  expect(actionOf(draft, trader, firm)).toBeUndefined();
  expect(actionOf({ ...draft, nodes: [3, 4] }, trader, firm)).toBeUndefined();
  expect(actionOf({ ...draft, role: Role.auditor }, trader, firm)).toMatchObject({ nodes: [3, 4] });
  expect(actionOf({ ...draft, nodes: [4] }, trader, firm)).toMatchObject({ role: Role.trader, nodes: [4] });
});

test('who was given accounts one by one keeps to them when their role changes, and does not come to reach all', () => {
  const trader = { member: 8, role: Role.trader, nodes: [], accounts: [9, 8] } as unknown as MemberView;
  const draft = draftOf(trader, firm);
  expect(draft.nodes).toEqual([3, 4]);
  expect(actionOf(draft, trader, firm)).toBeUndefined();
  expect(actionOf({ ...draft, role: Role.auditor }, trader, firm)).toMatchObject({ nodes: [3, 4] });
  const all = { ...trader, accounts: [8, 9, 10] };
  expect(draftOf(all, firm).nodes).toEqual([]);
});

test('a wallet is added or ended by its address, and who leaves needs none', () => {
  const draft = draftOf(member, firm);
  expect(actionOf({ ...draft, change: 'LinkWallet' }, member, firm)).toBeUndefined();
  expect(actionOf({ ...draft, change: 'LinkWallet', address }, member, firm)?.kind).toBe('LinkWallet');
  expect(actionOf({ ...draft, change: 'RemoveMember' }, member, firm)).toEqual({
    kind: 'RemoveMember',
    member: 7,
  });
});
