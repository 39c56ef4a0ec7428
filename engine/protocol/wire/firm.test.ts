// Goal: every action can be asked for over the wire, and nothing else. How: the schema beside the list of kinds.
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { actionFields } from '../typed/actionHash.ts';
import { proposeDraftWire } from './firm.ts';

const wallet = `0x${'a1'.repeat(20)}`;
const terms = { policyHash: `0x${'b2'.repeat(32)}`, seqMin: 1, deadlineMs: 1 };
const parse = (action: unknown) =>
  z.safeParse(proposeDraftWire, { wallet, nonce: 1, firm: 1, action, ...terms });

test.each(Object.keys(actionFields))('%s has a shape at the door', (kind) => {
  // Its fields are missing, its kind is known.
  const paths = parse({ kind }).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(paths.length).toBeGreaterThan(0);
  expect(paths).not.toContain('action.kind');
});

test('what is no action, has a field too many or a number that is none is refused', () => {
  expect(parse({ kind: 'RenameNode', node: 1, label: 'Rates' }).success).toBe(true);
  for (const action of [
    { kind: 'Dance' },
    { kind: 'RenameNode', node: 1, label: 'Rates', more: 1 },
    { kind: 'RenameNode', node: 1.5, label: 'Rates' },
    { kind: 'RenameNode', node: -1, label: 'Rates' },
    { kind: 'LinkWallet', member: 1, address: wallet.toUpperCase() },
    { kind: 'AdmitMember', address: wallet, role: 10, label: 'Risk', nodes: [] },
  ])
    expect([parse(action).success, action]).toEqual([false, action]);
});

test('a change set has transfers, ports and moves in the tree as parts, whole and nothing else: no set in a set', () => {
  const move = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1 };
  const port = { kind: 'PortPosition', from: 8, to: 9, instrument: 0, lots: 5, priceTicks: 0 };
  const set = (...parts: unknown[]) => ({ kind: 'ChangeSet', parts });
  const place = { kind: 'MoveNode', node: 3, parent: 1 };
  expect(parse(set(move, port, place)).success).toBe(true);
  for (const action of [
    { kind: 'ChangeSet' },
    set(move, set(move, port)),
    set(move, { kind: 'RenameNode', node: 3, label: 'Rates' }),
    set(move, { ...place, parent: -1 }),
    set(move, { ...port, lots: -1 }),
    set(move, { ...move, amount: 0.5 }),
    set(move, { ...move, note: 'rent' }),
    set(move, null),
    { ...set(move, port), more: 1 },
    set(...Array(65).fill(move)),
  ])
    expect([parse(action).success, action]).toEqual([false, action]);
});

test('what is asked without a policy, a sequence and a deadline is refused', () => {
  const action = { kind: 'RenameNode', node: 1, label: 'Rates' };
  const whole = { wallet, nonce: 1, firm: 1, action, ...terms };
  for (const name of Object.keys(terms))
    expect(z.safeParse(proposeDraftWire, { ...whole, [name]: undefined }).success).toBe(false);
});
