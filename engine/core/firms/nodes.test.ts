// Goal: a firm's tree gathers its subaccounts as its people say. How: the sandbox's firm, actions of the desk itself.
import { expect, test } from 'vitest';
import { BASIS, type Desk, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { checkInvariants } from '../invariants.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { directoryOf } from '../views/directory.ts';
import { DEPTH_MAX } from './nodes.ts';

const FIRM = 1;

function codeOf(desk: Desk, action: Action, firm = FIRM): string | undefined {
  desk.run({ kind: 'Propose', firm, action });
  return desk.code;
}

function open(desk: Desk, parent: number, label: string, isAccount = false): number {
  const events = desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'OpenNode', parent, label, isAccount },
  });
  return only(events, 'NodeOpened').node;
}

const rootOf = (desk: Desk) => desk.engine.state.firms.columns.root[FIRM]!;

test('every subaccount stands in its firm’s tree, and a pot where its account does', () => {
  const desk = openDesk();
  const { nodes } = directoryOf(desk.engine);
  const root = rootOf(desk);
  expect(nodes.find(({ account }) => account === BASIS)).toMatchObject({ firm: FIRM });
  expect(nodes[root]).toMatchObject({ firm: FIRM, parent: null });
  desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Ether pot' });
  const { node } = desk.engine.state.accounts.columns;
  expect(node[desk.engine.state.directory.accounts.length - 1]).toBe(node[BASIS]);
});

test('groups and subaccounts are opened below groups and renamed; an account bears the name of its node', () => {
  const desk = openDesk();
  const group = open(desk, rootOf(desk), 'Macro');
  const events = desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'OpenNode', parent: group, label: 'Rates', isAccount: true },
  });
  const { node, account } = only(events, 'NodeOpened');
  expect(only(events, 'SubaccountOpened')).toMatchObject({ account, firm: FIRM });
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'RenameNode', node, label: 'Rates 2' } });
  const view = directoryOf(desk.engine);
  expect(view.nodes[node]).toMatchObject({ node, firm: FIRM, parent: group, account, label: 'Rates 2' });
  expect(view.accounts[account]!.label).toBe('Rates 2');
  checkInvariants(desk.engine.state);
  const restored = restoreState(saveState(desk.engine.state));
  expect(stateHash(restored.state)).toBe(stateHash(desk.engine.state));
});

test('refusals, each alone', () => {
  const desk = openDesk();
  const root = rootOf(desk);
  const leaf = desk.engine.state.accounts.columns.node[BASIS]!;
  const other = desk.engine.state.firms.columns.root[2]!;
  const opens = { kind: 'OpenNode', parent: root, label: 'Macro', isAccount: false } as const;
  expect(codeOf(desk, opens, 0)).toBe('firm.unknown');
  expect(codeOf(desk, { ...opens, parent: other })).toBe('node.unknown');
  expect(codeOf(desk, { ...opens, parent: -1 })).toBe('node.unknown');
  expect(codeOf(desk, { ...opens, parent: leaf })).toBe('node.notGroup');
  expect(codeOf(desk, { ...opens, label: '' })).toBe('label.invalid');
  expect(codeOf(desk, { kind: 'RenameNode', node: other, label: 'Theirs' })).toBe('node.unknown');
  expect(codeOf(desk, { kind: 'RenameNode', node: root, label: '' })).toBe('label.invalid');
  let parent = root;
  for (let depth = 1; depth <= DEPTH_MAX; depth++) parent = open(desk, parent, `Step ${depth}`);
  expect(codeOf(desk, { ...opens, parent })).toBe('node.tooDeep');
});
