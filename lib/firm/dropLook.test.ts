// Goal: what is held is looked at with an amount that could go, and never one that is not there.
import { expect, test } from 'vitest';
import type { AccountRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { lookOf } from './drop.ts';

const USD = 1_000_000;
const account = (terms: Partial<AccountRiskView>, amount = 900_000 * USD) =>
  ({
    account: 8,
    freeUsd: 648_038 * USD,
    unrealizedPnlUsd: 0,
    heldBackUsd: 0,
    balances: [{ asset: 'USDC', underlying: '', amount, valueUsd: amount }],
    ...terms,
  }) as AccountRiskView;
const transfer = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', typed: '' } as const;
const typed = (of: AccountRiskView) => {
  const look = lookOf(transfer, [of], 6);
  return look?.draft.kind === 'Transfer' ? look.draft.typed : undefined;
};

test('collateral is looked at as if all that is free went, in two digits', () => {
  expect(lookOf(transfer, [account({})], 6)).toEqual({
    draft: { ...transfer, typed: '640000.000000' },
    asIf: { amount: 640_000 * USD, asset: 'USDC' },
  });
});

test('no more than there is, and nothing that only a profit on paper would leave free', () => {
  expect(typed(account({}, 41_999 * USD))).toBe('41000.000000');
  expect(typed(account({ unrealizedPnlUsd: 600_000 * USD }))).toBe('48000.000000');
  expect(typed(account({ unrealizedPnlUsd: -600_000 * USD }))).toBe('640000.000000');
  expect(typed(account({ freeUsd: -1 }))).toBeUndefined();
  expect(lookOf(transfer, [], 6)).toBeUndefined();
});

test('a coin goes by its share of what is free', () => {
  const balances = [{ asset: 'BTC', underlying: 'BTC', amount: 200_000_000, valueUsd: 100_000 * USD }];
  const look = lookOf({ ...transfer, asset: 'BTC' }, [account({ freeUsd: 26_000 * USD, balances })], 8);
  expect(look?.asIf).toEqual({ amount: 52_000_000, asset: 'BTC' });
});

test('what has its terms already is looked at as it is', () => {
  const draft = { kind: 'MoveNode', node: 3, parent: 1 } as const;
  expect(lookOf(draft, [], 0)).toEqual({ draft });
  expect(lookOf({ ...transfer, typed: '5' }, [], 6)).toEqual({ draft: { ...transfer, typed: '5' } });
});
