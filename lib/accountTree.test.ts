import { expect, test } from 'vitest';
import { withPotsUnder } from './accountTree.ts';

const account = (number: number, of?: number) => ({
  account: number,
  potOf: of === undefined ? null : { account: of, underlying: 'ETH' },
});

test('pots stand under their account, in the order they came; one without its account stands alone', () => {
  const accounts = [account(8), account(9), account(20, 9), account(21, 8), account(22, 8), account(30, 4)];
  expect(withPotsUnder(accounts).map((each) => each.account)).toEqual([8, 21, 22, 9, 20, 30]);
});
