import { expect, test } from 'vitest';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { ProposalsView } from '../../../../engine/protocol/views/firm.ts';
import type { VaultWithdrawalView } from '../../../../engine/protocol/views/settlement.ts';
import { testNowMs, testOwner, testSettlement } from '../../../../lib/testSettlement.ts';
import { movementsOf, passesFilter } from './Movements.state.ts';

const withdrawal = testSettlement.withdrawals[0]!;
const only = (change: Partial<VaultWithdrawalView>) =>
  movementsOf(
    { ...testSettlement, deposits: [], withdrawals: [{ ...withdrawal, ...change }] },
    undefined,
    testNowMs,
  )[0]!;
const faces = ({ steps }: ReturnType<typeof only>) => steps.map(({ face }) => face[0]).join('');

test.each([
  [{ state: 'authorised', epoch: null, claimableMs: null }, 'ddddnoo', 'next root in 0:42', '≈ 12:10:13'],
  [{ state: 'inRoot', claimableMs: testNowMs + 177_000 }, 'dddddno', 'dispute, 2:57 left', '12:07:28'],
  [{ state: 'inRoot', claimableMs: null }, 'dddddno', 'in root #6, not posted yet', ''],
  [{ state: 'claimable' }, 'ddddddr', 'claimable by anyone', 'now'],
  [
    { state: 'claimable', bucketMs: testNowMs + 61_000 },
    'ddddddr',
    'waits for the vault’s bucket, 1:01 left',
    '12:05:32',
  ],
  [{ state: 'claimable', bucketMs: null }, 'ddddddr', 'over the vault’s cap', ''],
  [{ state: 'paid', block: 411 }, 'ddddddd', 'paid, block 411', '12:03:31'],
] as const)('a withdrawal that is %j', (change, steps, state, payable) => {
  const row = only(change);
  expect([faces(row), row.state, row.payable]).toEqual([steps, state, payable]);
});

test('what the vault’s buckets hold back is claimed by nobody yet', () => {
  expect(only({}).can).toBe('claim');
  for (const bucketMs of [testNowMs + 1, null]) expect(only({ bucketMs }).can).toBeUndefined();
});

test('without a root to come it waits for one, and says no time', () => {
  const still = {
    ...testSettlement,
    nextRootMs: null,
    withdrawals: [{ ...withdrawal, state: 'authorised' as const }],
  };
  expect(movementsOf(still, undefined, testNowMs).find(({ id }) => id === 'W 3')?.state).toBe(
    'waits for a root',
  );
});

test('what is open stands first, and the filters part open from done', () => {
  const paid = { ...withdrawal, nonce: 9, state: 'paid' as const, authorisedMs: testNowMs };
  const rows = movementsOf({ ...testSettlement, withdrawals: [withdrawal, paid] }, undefined, testNowMs);
  expect(rows.map(({ id }) => id)).toEqual(['D 12', 'W 3', 'W 9']);
  expect(rows.filter((row) => passesFilter(row, 'paid')).map(({ id }) => id)).toEqual(['W 9']);
});

test('a deposit goes from its block to a credit to a root; one the chain took back is over', () => {
  const [seen] = testSettlement.deposits;
  const row = (change: object) =>
    movementsOf(
      { ...testSettlement, withdrawals: [], deposits: [{ ...seen!, ...change }] },
      undefined,
      testNowMs,
    )[0]!;
  expect(faces(row({}))).toBe('ddno');
  expect(faces(row({ state: 'credited', creditedSeq: 7 }))).toBe('dddn');
  expect(faces(row({ state: 'credited', creditedSeq: 7, epoch: 6 }))).toBe('dddd');
  expect([faces(row({ state: 'reverted' })), row({ state: 'reverted' }).isOpen]).toEqual(['ddwo', false]);
});

test('a deposit nobody counted for too long can be taken back, and any uncounted one of a frozen vault', () => {
  const late = testNowMs + testSettlement.terms.reclaimDelaySec * 1_000;
  const can = (view: typeof testSettlement, nowMs: number) =>
    movementsOf(view, undefined, nowMs).find(({ id }) => id === 'D 12')?.can;
  expect(can(testSettlement, testNowMs)).toBeUndefined();
  expect(can(testSettlement, late)).toBe('reclaim');
  expect(can({ ...testSettlement, status: 'frozen', frozenEpoch: 6 }, testNowMs)).toBe('reclaim');
});

const proposal = {
  proposal: 12,
  action: { kind: 'Withdraw', account: 8, asset: 'USDC', amount: 2_000_000, to: testOwner, deadlineMs: 0 },
  seats: [
    { group: 0, member: 3 },
    { group: 0, member: null },
  ],
  needs: {
    groups: [{ roles: [Role.opsApprover], side: 'from', min: 2 }],
  },
  proposedMs: testNowMs - 5_000,
  expiresAtMs: testNowMs + 60_000,
  dueAtMs: 0,
};
const asked = (change: object) =>
  movementsOf(
    { ...testSettlement, deposits: [], withdrawals: [] },
    { proposals: [{ ...proposal, ...change }], closed: [] } as unknown as ProposalsView,
    testNowMs,
  );

test('a withdrawal that waits for people, or for its delay, stands among them', () => {
  expect(asked({})[0]).toMatchObject({
    id: '#12',
    amount: -2_000_000n,
    state: 'approvals 1 of 2',
    can: 'approve',
    note: 'Must still agree: 1 ops approver. Then a state root and its dispute time of 5 min.',
  });
  expect(asked({ dueAtMs: testNowMs + 90_000 })[0]?.state).toBe('held by policy, 1:30 left');
  expect(asked({ action: { kind: 'Flatten', node: 1 } })).toEqual([]);
});
