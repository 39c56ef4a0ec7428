import { expect, test } from 'vitest';
import type { SettlementStatus } from '../../../../engine/protocol/views/settlement.ts';
import { readAddress } from '../../../../lib/settlement/readAddress.ts';
import type { TransactionState } from '../../../../lib/settlement/transactions.ts';
import type { VaultTransfer } from '../../../../lib/stores/transferStore.ts';
import { testOwner, testSettlement, testUsdc } from '../../../../lib/testSettlement.ts';
import { readAmount } from '../amounts.ts';
import { blockOf, ownerBlock, silentBlock, stateWords } from './Transfer.state.ts';

test('an amount is read in whole units, and nothing finer or less than nothing passes', () => {
  expect(readAmount('1,000.5', testUsdc)).toEqual({ units: 1_000_500_000n });
  for (const typed of ['0', '0.0000001', '-1', 'much'])
    expect(readAmount(typed, testUsdc)).toEqual({
      missing: 'Not an amount of USDC: 6 digits after the point at most.',
    });
  expect(readAmount('', testUsdc)).toEqual({ missing: 'Write how much USDC.' });
});

test('an address is 20 bytes of hex', () => {
  expect(readAddress(` ${testOwner.toUpperCase().replace('0X', '0x')} `)).toEqual({ address: testOwner });
  expect(readAddress('0x12')).toHaveProperty('missing');
  expect(readAddress('')).toHaveProperty('missing');
});

test.each<[SettlementStatus, VaultTransfer['kind'][]]>([
  ['open', ['deposit', 'claim', 'whitelist', 'force', 'freeze', 'escape', 'collect', 'reclaim']],
  ['off', []],
  ['opening', ['deposit']],
  ['halted', ['freeze', 'escape', 'collect', 'reclaim']],
  ['paused', ['whitelist', 'freeze', 'escape', 'collect', 'reclaim']],
  ['frozen', ['freeze', 'escape', 'collect', 'reclaim']],
])('of a vault that is %s, %j can be tried', (status, passing) => {
  const view = { ...testSettlement, status, sentence: 'Why.' };
  const kinds = ['deposit', 'claim', 'whitelist', 'force', 'freeze', 'escape', 'collect', 'reclaim'] as const;
  expect(kinds.filter((kind) => blockOf(kind, view) === undefined)).toEqual(
    kinds.filter((kind) => passing.includes(kind)),
  );
});

test('a token that does not tell takes no deposit of its own, and says since when', () => {
  expect(silentBlock(testUsdc)).toBeUndefined();
  const mute = { ...testUsdc, held: null, unreadSinceMs: Date.UTC(2026, 0, 2, 3, 4, 5) };
  expect(silentBlock(mute)).toContain(
    'The token USDC has not told what the vault holds since Fri 02 Jan 03:04:05 UTC.',
  );
});

test('a vault that is being made takes no deposit, and says why', () => {
  const view = { ...testSettlement, status: 'opening', sentence: 'Why.', takesDeposits: false } as const;
  expect(blockOf('deposit', view)).toBe('Why.');
});

test('the list and a demand are the owner’s alone', () => {
  expect(ownerBlock('force', testOwner, testOwner.toUpperCase())).toBeUndefined();
  expect(ownerBlock('whitelist', testOwner, '0x1')).toContain(testOwner);
  expect(ownerBlock('deposit', testOwner, '0x1')).toBeUndefined();
});

test('only what is final is said to be', () => {
  const said = (state: TransactionState) => stateWords(state);
  expect(said({ is: 'mined', hash: '', block: 12 })).toBe('in block 12, not final yet');
  expect(said({ is: 'final', hash: '', block: 12 })).toBe('final in block 12');
  expect(said({ is: 'reorged', hash: '', message: 'Gone.' })).toBe('Gone.');
});
