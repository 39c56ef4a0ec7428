import { expect, test } from 'vitest';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { draftsOf, needWords, readTarget, shortOf } from './Rebalance.state.ts';

const account = (number: number, sigmas: number, rest: Partial<AccountRiskView> = {}, state = 'measured') =>
  ({
    account: number,
    ratioPpm: 100_000,
    potOf: null,
    distance: { state, sigmas, seq: 5 },
    ...rest,
  }) as AccountRiskView;

test('a target is read as it is typed, and what cannot be one says why', () => {
  expect(readTarget('distance', '3.5')).toEqual({ by: 'distance', sigmas: 3.5 });
  expect(readTarget('ratio', ' 60 ')).toEqual({ by: 'ratio', ratioPpm: 600_000 });
  for (const typed of ['', '0', '-1', '51', 'x'])
    expect(readTarget('distance', typed)).toHaveProperty('wrong');
  for (const typed of ['', '0', '101', 'x']) expect(readTarget('ratio', typed)).toHaveProperty('wrong');
});

test('who stands short of the target is named, the nearest first, and no pot', () => {
  const accounts = [
    account(1, 2.5),
    account(2, 1),
    account(3, 4),
    account(4, 0, {}, 'liquidatable'),
    account(5, 1, { potOf: 2 }),
    account(6, 100, {}, 'beyond'),
  ];
  const named = (all: AccountRiskView[]) => all.map((each) => each.account);
  expect(named(shortOf(accounts, { by: 'distance', sigmas: 3 }))).toEqual([4, 2, 1]);
  const ratios = [account(1, 2, { ratioPpm: 700_000 }), account(2, 1, { ratioPpm: -1 }), account(3, 3)];
  expect(named(shortOf(ratios, { by: 'ratio', ratioPpm: 600_000 }))).toEqual([2, 1]);
  const many = Array.from({ length: 20 }, (_, at) => account(at, at / 100));
  expect(shortOf(many, { by: 'distance', sigmas: 3 })).toHaveLength(8);
});

test('transfers become parts of a draft in whole dollars, and a need says what is left of it', () => {
  const transfers = [{ from: 9, to: 8, asset: 'USDC' as const, amount: 3_259_000_000_000 }];
  expect(draftsOf({ seq: 1, timeMs: 1, needs: [], transfers })).toEqual([
    { kind: 'Transfer', from: 9, to: 8, asset: 'USDC', typed: '3259000' },
  ]);
  const of = (neededUsd: number | null, givenUsd: number) => needWords({ account: 8, neededUsd, givenUsd });
  expect([of(5_000_000, 5_000_000), of(5_000_000, 3_000_000), of(null, 0)]).toEqual([
    'reaches it',
    '2 short',
    'no sum leads there',
  ]);
});
