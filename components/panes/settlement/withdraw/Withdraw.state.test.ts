import { expect, test } from 'vitest';
import type { Withdraw } from '../../../../engine/protocol/commands/actions.ts';
import type { Approvals, Rule } from '../../../../engine/protocol/commands/policy.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import type { SettlementStatus } from '../../../../engine/protocol/views/settlement.ts';
import { testNowMs, testOwner, testSettlement } from '../../../../lib/testSettlement.ts';
import {
  bucketWords,
  dayWords,
  readWithdraw,
  signedFields,
  thresholdsOf,
  whenWords,
  withdrawBlock,
} from './Withdraw.state.ts';

const draft = { account: 8, asset: 0, amount: '1,250.5', to: testOwner };
const action: Withdraw = {
  kind: 'Withdraw',
  ...{ account: 8, asset: 'USDC', amount: 1_250_500_000, to: testOwner, deadlineMs: 77 },
};

test('what is typed becomes the action, in whole units', () => {
  expect(readWithdraw(draft, testSettlement, 77)).toEqual({ action });
});

test.each([
  [{ amount: '' }, 'Write how much USDC.'],
  [{ amount: '0.0000001' }, 'Not an amount of USDC: 6 digits after the point at most.'],
  [{ to: '0x12' }, 'Not an address: 0x and 40 hex digits.'],
  [{ account: undefined }, 'Choose an account.'],
  [{ asset: 9 }, 'Choose an asset.'],
])('%j is not asked for', (change, missing) => {
  expect(readWithdraw({ ...draft, ...change }, testSettlement, 77)).toEqual({ missing });
});

test('what the wallet is given is shown field by field, the address whole', () => {
  expect(signedFields(action)).toEqual([
    { name: 'account', value: '8' },
    { name: 'asset', value: 'USDC' },
    { name: 'amount', value: '1250500000' },
    { name: 'to', value: testOwner },
    { name: 'deadlineMs', value: '77' },
  ]);
});

test('when it is paid is told by what is still before it', () => {
  const trial = { needs: null } as unknown as ActionTrialView;
  expect(whenWords(trial, testSettlement, action, testNowMs)).toContain(
    'Payable after a state root, the next in 0:42, then its dispute time of 5 min.',
  );
  expect(whenWords(trial, { ...testSettlement, nextRootMs: null }, action, testNowMs)).toContain(
    'the next state root',
  );
});

test('one that must wait for the vault’s bucket says until when, behind what waits already', () => {
  const bucketed = (free: string, ahead: string) => ({
    ...testSettlement,
    buckets: [{ account: 8, asset: 0, free }],
    withdrawals: [{ ...testSettlement.withdrawals[0]!, asset: 0, amount: ahead }],
  });
  // A day fills 5,000,000 USDC: 57.87 a second. Six seconds ago it had 1,250.5 less than it takes and the 1,000 before it.
  const words = bucketWords(action, bucketed('1000000000', '1000000000'), testNowMs);
  expect(words).toBe(
    'the vault’s bucket of USDC, which has it at 12:04:46 if what waits before it goes first',
  );
  expect(bucketWords(action, bucketed('2250500000', '1000000000'), testNowMs)).toBeUndefined();
  expect(bucketWords(action, testSettlement, testNowMs)).toBeUndefined();
  const trial = { needs: null } as unknown as ActionTrialView;
  expect(whenWords(trial, bucketed('0', '1000000000'), action, testNowMs)).toContain(
    ', then the vault’s bucket of USDC, which has it at ',
  );
});

test.each<[SettlementStatus, boolean]>([
  ['open', true],
  ['opening', false],
  ['halted', false],
  ['paused', false],
  ['frozen', false],
  ['off', false],
])('of a vault that is %s a withdrawal can be asked for: %s', (status, isOpen) => {
  const block = withdrawBlock({ ...testSettlement, status, sentence: 'Why.' });
  expect(block === undefined).toBe(isOpen);
});

test('each rule for withdrawals says from how much it holds and who must sign, and which holds now', () => {
  const groups: Approvals['groups'] = [{ roles: [Role.opsApprover], side: 'from', min: 1 }];
  const needs: Approvals = { is: 'approve', groups, vetoRoles: [], delayMs: 0, expiryMs: 86_400_000 };
  const rules: Rule[] = [
    { id: 'OTHER', when: { actions: ['Transfer'] }, verdict: { is: 'allow' } },
    { id: 'SMALL', when: { actions: ['Withdraw'], upToUsd: 50_000 }, verdict: needs },
    { id: 'LARGE', when: { actions: ['Withdraw'], overUsd: 50_000 }, verdict: { is: 'deny' } },
  ];
  expect(thresholdsOf(rules, ['SMALL'])).toEqual([
    { id: 'SMALL', when: 'up to 50,000 USD', asks: '1 ops approver · expires 24 h', isMatched: true },
    { id: 'LARGE', when: 'over 50,000 USD', asks: 'refused', isMatched: false },
  ]);
});

test('what is used of a day’s limits is told where there are some, to an address by the smaller of its own and the firm’s', () => {
  const known = { listedMs: null, paidCount: 0 };
  const destinations = [{ ...known, to: testOwner, label: 'Owner', isOwner: true, dayUsd: 0, todayUsd: 5e6 }];
  const none = { dayUsd: 0, todayUsd: 9e6, destinationDayUsd: 0, destinations };
  expect(dayWords(none, testOwner)).toBeUndefined();
  expect(dayWords({ ...none, dayUsd: 2e7, destinationDayUsd: 1e7 }, testOwner)).toBe(
    'Withdrawn today: 9 of 20 USD in all, 5 of 10 USD to this address.',
  );
  const own = [{ ...destinations[0]!, dayUsd: 6e6 }];
  expect(dayWords({ ...none, destinationDayUsd: 1e7, destinations: own }, testOwner)).toBe(
    'Withdrawn today: 5 of 6 USD to this address.',
  );
});
