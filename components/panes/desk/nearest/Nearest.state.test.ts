import { expect, test } from 'vitest';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { isOld, nearestFirst } from './Nearest.state.ts';

const account = (number: number, state: string, sigmas: number, seq = 5, ratioPpm = 0) =>
  ({ account: number, ratioPpm, distance: { state, sigmas, seq, timeMs: 1_000 } }) as AccountRiskView;

test('the nearest stand first, what is being liquidated before all, what is not at risk nowhere', () => {
  const accounts = [
    account(1, 'measured', 3),
    account(2, 'noRisk', 0),
    account(3, 'beyond', 20, 5, 1),
    account(4, 'measured', 0.5),
    account(5, 'liquidatable', 0),
    account(6, 'measured', 0.1, 0),
    account(7, 'beyond', 20, 5, 9),
  ];
  expect(nearestFirst(accounts).map((each) => each.account)).toEqual([5, 4, 1, 7, 3]);
});

test('a distance says when it is not of the moment of the rest', () => {
  const { distance } = account(1, 'measured', 3);
  expect([isOld(distance, 11_000), isOld(distance, 11_001)]).toEqual([false, true]);
});
