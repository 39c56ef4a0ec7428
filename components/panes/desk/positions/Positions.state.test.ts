import { expect, test } from 'vitest';
import type { AccountRiskView, HeldPositionView } from '../../../../engine/protocol/views/firmRisk.ts';
import { largestFirst, notionalUsd } from './Positions.state.ts';

const position = (instrument: number, sigmaDayUsd: number) =>
  ({ instrument, sigmaDayUsd, lots: -3, markUsdPerLot: 7 }) as HeldPositionView;
const account = (number: number, ...positions: HeldPositionView[]) =>
  ({ account: number, positions }) as AccountRiskView;
const namesOf = (accounts: AccountRiskView[]) =>
  largestFirst(accounts).shown.map((each) => [each.account.account, each.position.instrument]);

test('the position that an ordinary day moves most stands first', () => {
  const accounts = [account(9, position(0, 5), position(1, 50)), account(8, position(1, 20))];
  expect(namesOf(accounts)).toEqual([
    [9, 1],
    [8, 1],
    [9, 0],
  ]);
});

test('positions that weigh the same keep their order, in whatever order they are told', () => {
  const [first, second] = [account(8, position(0, 5), position(2, 5)), account(9, position(0, 5))];
  expect(namesOf([second, first])).toEqual(namesOf([first, second]));
});

test('of very many the largest are shown, and all are counted', () => {
  const many = Array.from({ length: 500 }, (_, at) => account(at, position(0, at)));
  const { shown, count } = largestFirst(many);
  expect([shown.length, shown[0]?.account.account, count]).toEqual([40, 499, 500]);
});

test('a short position has a notional below zero', () => {
  expect(notionalUsd(position(0, 1))).toBe(-21);
});
