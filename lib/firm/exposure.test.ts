import { expect, test } from 'vitest';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { AccountRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { depthOf, exposureRows, placesAt, totalOf } from './exposure.ts';
import { treeOf } from './tree.ts';

const place = (node: number, parent: number | null, account: number | null = null) =>
  ({ node, parent, label: `n${node}`, account, isArchived: false }) as unknown as FirmNodeView;
const held = (underlying: string, deltaUsd: number) => ({ underlying, deltaUsd });
const coins = (underlying: string, valueUsd: number) => ({ underlying, valueUsd });
const account = (number: number, node: number, positions: object[], balances: object[]) =>
  ({ account: number, node, potOf: null, positions, balances, distance: {} }) as unknown as AccountRiskView;

// Two groups, of which the second holds its subaccount one step deeper, and a subaccount right below the firm.
const nodes = [
  place(0, null),
  place(1, 0),
  place(2, 0),
  place(3, 2),
  place(4, 1, 8),
  place(5, 3, 9),
  place(6, 0, 10),
];
const accounts = [
  account(8, 4, [held('BTC', 70), held('BTC', -30), held('ETH', 5)], [coins('BTC', 11), coins('', 999)]),
  account(9, 5, [held('BTC', -60)], []),
  account(10, 6, [], [coins('ETH', 4)]),
];
const tree = treeOf(nodes, { seq: 1, timeMs: 1, daySinceMs: 1, accounts, limits: [] })!;

test('a matrix stands at a depth, with what ends above it', () => {
  const labels = (depth: number) => placesAt(tree, depth).map(({ node }) => node.node);
  expect(labels(0)).toEqual([0]);
  expect(labels(1)).toEqual([1, 2, 6]);
  expect(labels(2)).toEqual([4, 3, 6]);
  expect(depthOf(tree)).toBe(3);
});

test.each([0, 1, 2, 3])('net and gross are summed to the unit at depth %i, coins among them', (depth) => {
  const rows = exposureRows(placesAt(tree, depth));
  expect(rows.map(({ underlying, total }) => [underlying, total])).toEqual([
    ['BTC', { netUsd: -9, grossUsd: 171 }],
    ['ETH', { netUsd: 9, grossUsd: 9 }],
  ]);
});

test('a cell is of its place alone, and empty where nothing depends on the price', () => {
  const [btc, eth] = exposureRows(placesAt(tree, 1));
  expect(btc!.cells).toEqual([{ netUsd: 51, grossUsd: 111 }, { netUsd: -60, grossUsd: 60 }, undefined]);
  expect(eth!.cells).toEqual([{ netUsd: 5, grossUsd: 5 }, undefined, { netUsd: 4, grossUsd: 4 }]);
});

test('all assets together are what the columns add up to, and what the firm has', () => {
  const rows = exposureRows(placesAt(tree, 1));
  expect(totalOf(rows)).toEqual({
    cells: [
      { netUsd: 56, grossUsd: 116 },
      { netUsd: -60, grossUsd: 60 },
      { netUsd: 4, grossUsd: 4 },
    ],
    total: { netUsd: 0, grossUsd: 180 },
  });
  expect(totalOf([])).toEqual({ cells: [], total: { netUsd: 0, grossUsd: 0 } });
});
