// Goal: what a person reads of a transaction is what its data says. How: the data of each flow, decoded again.
import { expect, test } from 'vitest';
import type { WithdrawalProofView } from '../../engine/protocol/views/settlement.ts';
import { testOwner, testSettlement, testUsdc, testVault } from '../testSettlement.ts';
import {
  claimMismatch,
  claimSteps,
  collectSteps,
  depositSteps,
  freezeSteps,
  listingSteps,
  reclaimSteps,
} from './flows.ts';
import { spokenCall } from './spokenCall.ts';
import type { FlowStep } from './transactions.ts';

const from = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const coin = testSettlement.assets[1]!;

/** Function and arguments of a step, as a wallet reads them. */
function read(step: FlowStep): string {
  if (!('data' in step)) throw new Error('It needs a signature first.');
  return readCall(step);
}

function readCall({ data, to }: { data: `0x${string}`; to: string }): string {
  const call = spokenCall(data);
  const args = call?.arguments.map(({ name, value }) => `${name}=${value}`).join(' ');
  return `${call?.name} ${args} @${to}`.toLowerCase();
}

const terms = {
  ...{ vault: testVault, asset: coin, units: 150_000_000n, owner: testOwner, account: 8, label: 'Macro' },
  ...{ from, balance: 0n, allowance: 0n, isSandbox: true, permit: undefined, deadlineSec: 1_800_000_000 },
};

test('a sandbox makes what is missing, allows exactly the amount, and deposits whole units in wei', () => {
  const steps = depositSteps({ ...terms, balance: 500_000_000_000_000_000n });
  expect(steps.map(read)).toEqual([
    `mint to=${from} amount=1000000000000000000 @${coin.token}`,
    `approve spender=${testVault} value=1500000000000000000 @${coin.token}`,
    `deposit owner=${testOwner} n=8 asset=1 amount=1500000000000000000 @${testVault}`,
  ]);
  expect(steps[2]?.effects.join(' ')).toContain('1.50000000 WETH leaves your wallet');
  expect(steps[2]?.effects.join(' ')).toContain(testOwner);
});

test('what is there and allowed already is not asked for again', () => {
  const wei = 1_500_000_000_000_000_000n;
  const rich = { ...terms, balance: wei, allowance: wei };
  expect(depositSteps(rich).map(({ name }) => name)).toEqual(['Deposit 1.50000000 WETH']);
  const real = { ...terms, isSandbox: false };
  expect(depositSteps(real).map(({ name }) => name)).toEqual([
    'Allow exactly 1.50000000 WETH',
    'Deposit 1.50000000 WETH',
  ]);
});

test('a token with permits is deposited with one signature and one transaction, of exactly the amount', () => {
  const wei = 1_500_000_000_000_000_000n;
  const domain = {
    ...{ name: 'WETH', version: '1', chainId: 31_337 },
    verifyingContract: coin.token as `0x${string}`,
  };
  const permit = { domain, nonce: 3n };
  const [step, ...more] = depositSteps({ ...terms, balance: wei, permit });
  if (step === undefined || !('signature' in step)) throw new Error('A signature was expected.');
  expect([step.name, step.to, more]).toEqual(['Deposit 1.50000000 WETH', testVault, []]);
  expect(step.effects[0]).toContain('You sign that the vault may take exactly 1.50000000 WETH');
  const { typedData, trial, dataOf, instead } = step.signature;
  expect(typedData).toMatchObject({
    domain,
    message: { owner: from, spender: testVault, value: String(wei), nonce: '3', deadline: '1800000000' },
  });
  expect(readCall(trial)).toBe(`transfer to=${testVault} value=${wei} @${coin.token}`.toLowerCase());
  const [r, s] = ['1'.repeat(64), '2'.repeat(64)];
  expect(readCall({ to: step.to, data: dataOf(`0x${r}${s}1c`)! })).toBe(
    `depositwithpermit owner=${testOwner} n=8 asset=1 amount=${wei} deadline=1800000000 v=28 r=0x${r} s=0x${s} @${testVault}`,
  );
  expect(dataOf('0x12')).toBeUndefined();
  expect(instead.map(read)).toEqual(depositSteps({ ...terms, balance: wei }).map(read));
  // What is allowed already needs no signature.
  expect(depositSteps({ ...terms, balance: wei, allowance: wei, permit }).map(read)).toEqual(
    instead.slice(1).map(read),
  );
});

const withdrawal = testSettlement.withdrawals[0]!;
const proof: WithdrawalProofView = {
  epoch: 6,
  withdrawal: {
    sub: `${testOwner}${'8'.padStart(24, '0')}`,
    nonce: 3,
    asset: 1,
    amount: '120000000',
    to: testOwner,
    seq: 88_001,
  },
  proof: [`0x${'d'.repeat(64)}`],
};

test('a claim carries the leaf as the root has it', () => {
  const [step] = claimSteps(testVault, proof, coin);
  expect(read(step!)).toContain(`it.nonce=3 it.asset=1 it.amount=120000000 it.to=${testOwner} it.seq=88001`);
  expect(step?.effects[0]).toContain(`pays 1.20000000 WETH to ${testOwner}`);
});

test.each([
  ['another destination', { to: from }],
  ['another amount', { amount: '120000001' }],
  ['another asset', { asset: 0 }],
  ['another number', { nonce: 4 }],
])('a proof with %s than the row that is shown is not sent', (_, other) => {
  expect(claimMismatch(withdrawal, proof)).toBeUndefined();
  expect(claimMismatch(withdrawal, { ...proof, withdrawal: { ...proof.withdrawal, ...other } })).toContain(
    'Nothing was sent',
  );
});

test('a list entry, a deposit taken back and a freeze say what they do', () => {
  const sub = `${testOwner}${'8'.padStart(24, '0')}`;
  const entry = {
    vault: testVault,
    sub,
    label: 'Macro',
    to: from,
    delay: '24 h',
    deadlineSec: 1_700_000_000,
  };
  expect(read(listingSteps({ ...entry, allow: false })[0]!)).toContain(
    `to=${from} allow=false deadline=1700000000`,
  );
  expect(listingSteps({ ...entry, allow: true })[0]?.effects[0]).toContain('24 h after this is mined');
  expect(read(reclaimSteps(testVault, testSettlement.deposits[0]!, testUsdc)[0]!)).toBe(
    `reclaim id=12 @${testVault}`,
  );
  expect(freezeSteps(testVault)[0]?.effects.join(' ')).toContain('no way back');
  expect(read(freezeSteps(testVault, sub)[0]!)).toBe(`freezefor sub=${sub} @${testVault}`);
  expect(read(collectSteps(testVault, sub, testUsdc, 5_000_000n)[0]!)).toContain(`to=${testOwner}`);
  expect(collectSteps(testVault, sub, testUsdc, 5_000_000n)[0]?.name).toBe('Collect 5.000000 USDC');
});
