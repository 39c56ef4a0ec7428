import { expect, test } from 'vitest';
import { testNowMs, testOwner, testSettlement, testVault } from '../../../lib/testSettlement.ts';
import { destinationWords, listedWords } from './listed.ts';

const to = `0x${'ab'.repeat(20)}`;
const view = { ...testSettlement, listed: [{ account: 8, to, fromMs: testNowMs + 4_000 }] };

test('a listed address says how long it waits, by the chain’s clock', () => {
  expect(listedWords(view, testNowMs + 4_000, testNowMs)).toBe('payable in 0:04');
  expect(listedWords(view, testNowMs + 4_000, testNowMs + 4_000)).toBe('payable');
  const ahead = { ...view, block: { ...view.block!, timeMs: testNowMs + 3_600_000 } };
  expect(listedWords(ahead, testNowMs + 4_000, testNowMs)).toBe('payable');
});

test('a destination that is written is the owner’s, listed for this account, or has to be', () => {
  const words = (typed: string, account = 8) => destinationWords(view, testOwner, account, typed, testNowMs);
  expect(words(testOwner.toUpperCase().replace('0X', '0x'))).toBe('the owner’s own');
  expect(words(` ${to}`)).toBe('on the address list, payable in 0:04');
  expect([words(to, 9), words(testVault)]).toEqual(Array(2).fill('must be on the account’s address list'));
});
