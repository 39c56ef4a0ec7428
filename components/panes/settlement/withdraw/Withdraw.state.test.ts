import { expect, test } from 'vitest';
import type { Withdraw } from '../../../../engine/protocol/commands/actions.ts';
import type { ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import type { SettlementStatus } from '../../../../engine/protocol/views/settlement.ts';
import { testNowMs, testOwner, testSettlement } from '../../../../lib/testSettlement.ts';
import { readWithdraw, signedFields, whenWords, withdrawBlock } from './Withdraw.state.ts';

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
  expect(whenWords(trial, testSettlement, testNowMs)).toContain(
    'Payable after a state root, the next in 0:42, then its dispute time of 5 min.',
  );
  expect(whenWords(trial, { ...testSettlement, nextRootMs: null }, testNowMs)).toContain(
    'the next state root',
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
