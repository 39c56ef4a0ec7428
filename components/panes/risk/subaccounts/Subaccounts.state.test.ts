import { expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import { distanceText, driverOf, FIRST_SORT, inOrder, nextSort } from './Subaccounts.state.ts';

const account = (number: number, sigmas: number, equityUsd: number, state = 'measured') =>
  ({
    account: number,
    label: `a${number}`,
    potOf: null,
    margin: { equityUsd, ratioPpm: 1 },
    distance: { state, sigmas, rows: [{ kind: 'joint', underlying: 'SOL' }], path: [] },
  }) as unknown as AccountView;

const accounts = [account(1, 0, 30, 'noRisk'), account(2, 5, 10), account(3, 1.2, 20)];
const numbers = (rows: readonly AccountView[]) => rows.map((row) => row.account);

test('the nearest to liquidation stands first, one without risk last', () => {
  expect(numbers(inOrder(accounts, FIRST_SORT, undefined))).toEqual([3, 2, 1]);
  expect(accounts.map(({ distance }) => distanceText(distance))).toEqual(['no risk', '5.00σ', '1.20σ']);
});

test('a head sorts by its column, largest money first, and turns round when pressed again', () => {
  const once = nextSort(FIRST_SORT, 'equity');
  expect(numbers(inOrder(accounts, once, undefined))).toEqual([1, 3, 2]);
  expect(numbers(inOrder(accounts, nextSort(once, 'equity'), undefined))).toEqual([2, 3, 1]);
  expect(nextSort(once, 'label').isDescending).toBe(false);
});

test('rows under the pointer keep their places, and a new one goes below', () => {
  expect(numbers(inOrder(accounts, FIRST_SORT, [2, 1]))).toEqual([2, 1, 3]);
});

test('the driver is the epicentre of the joint way, and nothing drives what is not at risk', () => {
  expect(driverOf(accounts[1]!.distance)).toBe('SOL');
  expect(driverOf({ ...accounts[1]!.distance, rows: [], path: [] } as DistanceView)).toBe('');
  expect(driverOf(accounts[0]!.distance)).toBe('');
});

test('a pot stands under its account, whichever is nearer to liquidation', () => {
  const pot = { ...account(4, 0.5, 1), potOf: { account: 2, underlying: 'ETH' } };
  expect(numbers(inOrder([...accounts, pot], FIRST_SORT, undefined))).toEqual([3, 2, 4, 1]);
});
