import { expect, test } from 'vitest';
import type { FirmNodeView, OpenProposalView } from '../../../../engine/protocol/views/firm.ts';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { treeOf } from '../../../../lib/firm/tree.ts';
import { type Opened, proposalsByPlace, stepOf, treeLines } from './Tree.state.ts';

const place = (node: number, parent: number | null, label: string, account: number | null = null) =>
  ({ node, parent, label, account, isArchived: false }) as unknown as FirmNodeView;
const account = (number: number, node: number, positions: object[] = [], potOf: number | null = null) =>
  ({ account: number, node, potOf, positions, balances: [], distance: {} }) as unknown as AccountRiskView;

const nodes = [
  place(0, null, 'Firm'),
  place(1, 0, 'Macro'),
  place(2, 1, 'Basis', 8),
  place(3, 1, 'Empty', 9),
];
const held = [{ instrument: 0 }, { instrument: 1 }];
const accounts = [account(8, 2, held), account(9, 3), account(12, 2, [{ instrument: 2 }], 8)];
const tree = treeOf(nodes, { seq: 1, timeMs: 1, daySinceMs: 1, accounts, limits: [] })!;
const keys = (opened: Opened = new Map()) => treeLines(tree, opened).map(({ key }) => key);

test('groups stand open at first, accounts closed; one that holds nothing has nothing to open', () => {
  expect(keys()).toEqual(['node 0', 'node 1', 'node 2', 'node 3']);
  expect(treeLines(tree, new Map()).map(({ isOpen }) => isOpen)).toEqual([true, true, false, undefined]);
});

test('an account opens to what it holds, then to its pots, which have their own', () => {
  const opened = new Map([['node 2', true]]);
  expect(keys(opened).slice(2)).toEqual(['node 2', 'position 8 0', 'position 8 1', 'pot 12', 'node 3']);
  expect(keys(new Map([...opened, ['pot 12', true]]))).toContain('position 12 2');
  expect(keys(new Map([['node 1', false]]))).toEqual(['node 0', 'node 1']);
});

test('arrows walk the lines, open and close, and lead to the line above', () => {
  const lines = treeLines(tree, new Map([['node 2', true]]));
  expect(stepOf('ArrowDown', lines, 0, 10)).toEqual({ goTo: 1 });
  expect(stepOf('ArrowUp', lines, 0, 10)).toEqual({ goTo: 0 });
  expect(stepOf('End', lines, 0, 10)).toEqual({ goTo: lines.length - 1 });
  expect(stepOf('PageDown', lines, 1, 2)).toEqual({ goTo: 3 });
  expect(stepOf('ArrowLeft', lines, 1, 10)).toEqual({ toggle: 'node 1', isOpen: false });
  expect(stepOf('ArrowRight', lines, 1, 10)).toEqual({ goTo: 2 });
  expect(stepOf('ArrowLeft', lines, 3, 10)).toEqual({ goTo: 2 });
  expect(stepOf('ArrowRight', lines, 5, 10)).toEqual({ toggle: 'pot 12', isOpen: true });
  expect(stepOf('ArrowRight', lines, 6, 10)).toBeUndefined();
  expect(stepOf('x', lines, 0, 10)).toBeUndefined();
});

test('a proposal stands at every place it is about, once', () => {
  const open = (proposal: number, action: object) => ({ proposal, action }) as OpenProposalView;
  const { nodes: byNode, accounts: byAccount } = proposalsByPlace([
    open(4, { kind: 'MoveNode', node: 2, parent: 1 }),
    open(5, { kind: 'PortPosition', from: 8, to: 9 }),
    open(6, {
      kind: 'TransferMany',
      transfers: [
        { from: 8, to: 9 },
        { from: 8, to: 12 },
      ],
    }),
    open(7, {
      kind: 'ChangeSet',
      parts: [
        { kind: 'PortPosition', from: 9, to: 12 },
        { kind: 'Transfer', from: 12, to: 9 },
      ],
    }),
  ]);
  expect([...byNode]).toEqual([[2, [4]]]);
  expect([...byAccount]).toEqual([
    [8, [5, 6]],
    [9, [5, 6, 7]],
    [12, [6, 7]],
  ]);
});
