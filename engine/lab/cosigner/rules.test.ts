import { expect, test } from 'vitest';
import type { Transfer, Withdraw } from '../../protocol/commands/actions.ts';
import { type DayFacts, judge, rulesWire } from './rules.ts';

const OWNER = `0x${'a1'.repeat(20)}`;
const USDC = { decimals: 6, each: '100000', day: '250000.5' };
const rules = rulesWire.parse({
  Withdraw: { accounts: [8, 9], to: [OWNER], assets: { USDC, BTC: { decimals: 8, each: '1.5', day: '2' } } },
  Transfer: { accounts: [8], to: [9], assets: { USDC } },
});

const facts = (over: Partial<DayFacts> = {}): DayFacts => ({
  decimalsOf: (asset) => ({ USDC: 6, BTC: 8 })[asset],
  spentToday: () => 0,
  ...over,
});
const withdraw = (over: Partial<Withdraw> = {}): Withdraw => ({
  ...{ kind: 'Withdraw', account: 8, asset: 'USDC', amount: 1, to: OWNER, deadlineMs: 1 },
  ...over,
});

test('what is within the rules is agreed to, to the last unit', () => {
  for (const amount of [1, 100_000_000_000])
    expect(judge(rules, withdraw({ amount }), facts())).toEqual({
      is: 'approve',
      spends: { asset: 'USDC', amount },
    });
  const bitcoin = withdraw({ asset: 'BTC', amount: 150_000_000 });
  expect(judge(rules, bitcoin, facts())).toMatchObject({ is: 'approve' });
});

test('one unit above the limit of a transaction, or of a day, is objected to with both numbers', () => {
  expect(judge(rules, withdraw({ amount: 100_000_000_001 }), facts())).toEqual({
    is: 'veto',
    reason: 'Custody policy: 100,000.000001 USDC is above 100,000 USDC for one transaction.',
  });
  const spent = { spentToday: () => 150_000_500_000 };
  expect(judge(rules, withdraw({ amount: 100_000_000_000 }), facts(spent))).toMatchObject({ is: 'approve' });
  const more = { spentToday: () => 150_000_500_001 };
  expect(judge(rules, withdraw({ amount: 100_000_000_000 }), facts(more))).toEqual({
    is: 'veto',
    reason:
      'Custody policy: 100,000 USDC beside 150,000.500001 USDC of today is above 250,000.5 USDC for a day.',
  });
});

test.each([
  ['an address that is not listed', withdraw({ to: `0x${'b2'.repeat(20)}` }), /is not a listed address/],
  ['an account of somebody else', withdraw({ account: 10 }), /account 10 is not in custody/],
  ['an asset without a rule', withdraw({ asset: 'ETH' }), /ETH may not move/],
])('%s is objected to', (_, action, reason) => {
  expect(judge(rules, action, facts())).toMatchObject({ is: 'veto', reason: expect.stringMatching(reason) });
});

test('a transfer has rules of its own: from where, and to which accounts', () => {
  const transfer = (from: number, to: number): Transfer => ({
    ...{ kind: 'Transfer', from, to, asset: 'USDC', amount: 5 },
  });
  expect(judge(rules, transfer(8, 9), facts())).toMatchObject({ is: 'approve' });
  expect(judge(rules, transfer(8, 10), facts())).toMatchObject({ is: 'veto' });
  expect(judge(rules, transfer(9, 8), facts())).toMatchObject({ is: 'veto' });
});

test('what no rule speaks of is left to people', () => {
  expect(judge(rules, { kind: 'ArchiveNode', node: 4 }, facts())).toMatchObject({ is: 'leave' });
  expect(judge({}, withdraw(), facts())).toMatchObject({ is: 'leave' });
});

test('an asset that the desk counts otherwise is left: the same number would be another amount', () => {
  const counted = (decimals: number | undefined) => facts({ decimalsOf: () => decimals });
  expect(judge(rules, withdraw(), counted(8))).toMatchObject({ is: 'leave' });
  expect(judge(rules, withdraw(), counted(undefined))).toMatchObject({ is: 'leave' });
});

test('a limit finer than the asset’s unit is no limit: nothing is agreed to', () => {
  const fine = rulesWire.parse({
    Withdraw: { accounts: [8], to: [OWNER], assets: { USDC: { decimals: 6, each: '0.0000001', day: '1' } } },
  });
  expect(judge(fine, withdraw(), facts())).toMatchObject({ is: 'leave' });
});

test('rules with a word that is none are no rules', () => {
  for (const wrong of [
    { Withdrawal: {} },
    { Withdraw: { accounts: [8], to: [], assets: {}, extra: 1 } },
    { Withdraw: { accounts: [8], to: [], assets: { USDC: { ...USDC, each: '1e9' } } } },
    { Withdraw: { accounts: [8], to: ['0xABC'], assets: {} } },
  ])
    expect(rulesWire.safeParse(wrong).success).toBe(false);
});
