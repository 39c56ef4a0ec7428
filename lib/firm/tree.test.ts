import { expect, test } from 'vitest';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { AccountRiskView, LimitUseView } from '../../engine/protocol/views/firmRisk.ts';
import { severityOf, treeOf, usedPpm, worstFirst } from './tree.ts';

const USD = 1_000_000;

const place = (node: number, parent: number | null, label: string, account: number | null = null) =>
  ({ node, parent, label, account, isArchived: false, state: 'normal', tags: [] }) as unknown as FirmNodeView;

const risk = (account: number, node: number, change: Partial<AccountRiskView> = {}) =>
  ({
    account,
    node,
    potOf: null,
    equityUsd: 100 * USD,
    heldBackUsd: 0,
    dayPnlUsd: 11,
    unrealizedPnlUsd: -3,
    initialUsd: 40 * USD,
    maintenanceUsd: 20 * USD,
    freeUsd: 60 * USD,
    distance: { state: 'measured', sigmas: account, seq: 5 },
    ...change,
  }) as AccountRiskView;

const nodes = [place(0, null, 'Firm'), place(1, 0, 'Vol'), place(2, 0, 'Macro'), place(3, 2, 'Basis', 8)];
nodes.push(place(4, 2, 'Alts', 9), place(5, 1, 'Old', 10), place(6, 0, 'New'), place(7, 6, 'Newer'));

const limit = (used: number, soft: number | null, hard: number | null): LimitUseView =>
  ({ node: 2, kind: 'gross', of: '', used, soft, hard }) as const;

test('money is summed to the unit, a ratio is computed from the sums, a distance is the nearest account’s', () => {
  const accounts = [
    risk(8, 3, { heldBackUsd: 10 * USD }),
    risk(9, 4, {
      equityUsd: 1,
      maintenanceUsd: 0,
      distance: { state: 'noRisk', sigmas: 0, seq: 5 } as never,
    }),
    risk(12, 3, { potOf: 8, equityUsd: 7, distance: { state: 'measured', sigmas: 1, seq: 0 } as never }),
  ];
  const tree = treeOf(nodes, { seq: 5, timeMs: 1, daySinceMs: 1, accounts, limits: [] })!;
  // Vol has an account that the person does not see: sums of nothing would say that it has none.
  expect(tree.children.map(({ node }) => node.label)).toEqual(['Macro', 'New']);
  const [macro] = tree.children;
  expect(macro!.children.map(({ node }) => node.label)).toEqual(['Alts', 'Basis']);
  expect(macro!.children[1]!.own.map(({ account }) => account)).toEqual([8, 12]);
  const { equityUsd, dayPnlUsd, unrealizedPnlUsd, ratioPpm, nearest, accounts: count } = tree.sums;
  expect([count, equityUsd, dayPnlUsd, unrealizedPnlUsd]).toEqual([3, 100 * USD + 8, 33, -9]);
  expect(ratioPpm).toBe(Math.ceil((40 * USD * 1_000_000) / (90 * USD + 8)));
  // What has not been measured yet says nothing, however near it looks.
  expect(nearest!.account).toBe(8);
  // An empty group is there to be filled.
  expect(tree.children[1]!.children.map(({ node }) => node.label)).toEqual(['Newer']);
});

test('a profit that is not known of one is not known of all', () => {
  const accounts = [risk(8, 3), risk(9, 4, { dayPnlUsd: null })];
  const tree = treeOf(nodes, { seq: 1, timeMs: 1, daySinceMs: 0, accounts, limits: [] })!;
  expect(tree.sums.dayPnlUsd).toBeNull();
});

test('equity that is gone with something to maintain is an infinite ratio', () => {
  const tree = treeOf(nodes, {
    seq: 1,
    timeMs: 1,
    daySinceMs: 1,
    accounts: [risk(8, 3, { equityUsd: -1 })],
    limits: [],
  })!;
  expect(tree.sums.ratioPpm).toBe(-1);
});

test('the worst limit is one that is passed, then the one that is used most', () => {
  expect(severityOf(limit(5, 4, 10))).toBe(1);
  expect(severityOf(limit(10, null, 10))).toBe(2);
  expect(severityOf(limit(0, null, 0))).toBe(0);
  expect(usedPpm(limit(5, 10, 20))).toBe(250_000);
  expect(usedPpm(limit(5, 10, null))).toBe(500_000);
  expect(
    worstFirst([limit(1, null, 10), limit(9, null, 10), limit(5, 4, 10)]).map(({ used }) => used),
  ).toEqual([5, 9, 1]);
});
