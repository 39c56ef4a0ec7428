import { expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceRowView } from '../../../../engine/protocol/views/margin.ts';
import { distanceLines, nearestAccount } from './Distances.state.ts';

const row = (kind: DistanceRowView['kind'], underlying: string, move: number, sigmas: number) => ({
  kind,
  underlying,
  move,
  priceUsd: 1,
  sigmas,
});

test('both sides of one underlying stand in one line, joint and market above', () => {
  const lines = distanceLines([
    row('own', 'ETH', 0.3, 7),
    row('own', 'BTC', -0.1, 5),
    row('own', 'ETH', -0.2, 4),
    row('market', 'BTC', -0.2, 3),
    row('joint', 'ETH', -0.1, 2),
  ]);
  expect(lines.map(({ label, fall, rise, sigmas }) => [label, fall?.sigmas, rise?.sigmas, sigmas])).toEqual([
    ['joint, ETH first', 2, undefined, 2],
    ['market, as BTC', 3, undefined, 3],
    ['ETH alone', 4, 7, 4],
    ['BTC alone', 5, undefined, 5],
  ]);
});

test('several accounts are spoken for by the nearest one that is at risk', () => {
  const account = (label: string, state: string, sigmas: number) =>
    ({ label, distance: { state, sigmas } }) as AccountView;
  const safe = account('safe', 'noRisk', 0);
  expect(nearestAccount([safe, account('far', 'measured', 9), account('near', 'measured', 2)])?.label).toBe(
    'near',
  );
  expect(nearestAccount([safe])).toBe(safe);
  expect(nearestAccount([])).toBeUndefined();
});
