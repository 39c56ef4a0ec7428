import { expect, test } from 'vitest';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { AccountRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { byStrategy, isStrategy, tagsIn, UNTAGGED, withTag } from './strategies.ts';
import { accountsIn, type Branch, treeOf } from './tree.ts';

const place = (node: number, parent: number | null, tags: string[], account: number | null = null) =>
  ({
    node,
    parent,
    label: `place ${node}`,
    account,
    isArchived: false,
    state: 'normal',
    tags,
  }) as unknown as FirmNodeView;
const risk = (account: number, node: number, potOf: number | null = null) =>
  ({
    account,
    node,
    potOf,
    equityUsd: account,
    heldBackUsd: 0,
    dayPnlUsd: 1,
    unrealizedPnlUsd: 0,
    initialUsd: 0,
    maintenanceUsd: 0,
    freeUsd: 0,
    distance: { state: 'noRisk', sigmas: 0, seq: 5 },
  }) as unknown as AccountRiskView;

const nodes = [
  place(0, null, []),
  place(1, 0, ['carry']),
  place(2, 1, [], 8),
  place(3, 1, ['basis'], 9),
  place(4, 0, [], 10),
  place(5, 0, ['basis', 'carry'], 11),
];
const accounts = [risk(8, 2), risk(9, 3), risk(12, 3, 9), risk(10, 4), risk(11, 5)];
const tree = treeOf(nodes, { seq: 5, timeMs: 1, daySinceMs: 1, accounts, limits: [] })!;
const numbers = (branch: Branch) => accountsIn(branch).map(({ account }) => account);

test('a tag of a group is one of all below it, and each account stands once, with its pots', () => {
  const strategies = byStrategy(tree);
  expect(strategies.children.map((each) => [each.node.label, numbers(each)])).toEqual([
    ['basis + carry', [9, 12, 11]],
    ['carry', [8]],
    [UNTAGGED, [10]],
  ]);
  const sum = strategies.children.reduce((all, { sums }) => all + sums.equityUsd, 0);
  expect([sum, numbers(strategies).sort()]).toEqual([tree.sums.equityUsd, numbers(tree).sort()]);
});

test('a strategy is no place, and every place is', () => {
  const all = byStrategy(tree).children;
  expect(all.every(({ node }) => isStrategy(node))).toBe(true);
  expect(new Set(all.map(({ node }) => node.node)).size).toBe(all.length);
  expect(nodes.some(isStrategy)).toBe(false);
});

test('of one tag the places that hold it are left, with the sums of those accounts alone', () => {
  expect(tagsIn(tree)).toEqual(['basis', 'carry']);
  const basis = withTag(tree, 'basis')!;
  expect([numbers(basis).sort(), basis.sums.equityUsd]).toEqual([[11, 12, 9], 32]);
  // All of the group has the other tag: it stays as it is, with its limits.
  expect(withTag(tree, 'carry')!.children[0]).toBe(tree.children.find(({ node }) => node.node === 1));
  expect(numbers(withTag(tree, UNTAGGED)!)).toEqual([10]);
  expect(withTag(tree, 'vol')).toBeUndefined();
});
