// Goal: a person sees what they sign, and what this page could not hold against anything is not called checked.
import { expect, test } from 'vitest';
import type { Action, ChangePart } from '../../engine/protocol/commands/actions.ts';
import { actionHash } from '../../engine/protocol/typed/actionHash.ts';
import type { ProposalView } from '../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import { decisionTypedData } from './decide.ts';
import { type Known, typedRows } from './typedRows.ts';

const address = `0x${'a1'.repeat(20)}`;
const desk = { chainId: 31_337, vault: `0x${'5f'.repeat(20)}` };
const hash = `0x${'0a'.repeat(32)}`;
const action: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };
const proposal = {
  proposal: 12,
  action,
  summary: 'Move it.',
  actionHash: actionHash(action),
  policyHash: hash,
};
const seen = { proposal: proposal as unknown as ProposalView, seq: 88, timeMs: 1_000, nonce: 7 };
const known: Known = {
  firm: {
    member: 3,
    members: [{ member: 3, label: 'Risk 1' }],
    nodes: [
      { node: 3, account: 8, label: 'Basis' },
      { node: 4, account: 9, label: 'Alts' },
    ],
    policy: { version: 2, hash },
  } as unknown as FirmView,
  markets: [],
  assets: [{ name: 'USDC', decimals: 6 }] as unknown as Known['assets'],
  address,
};

const rows = (of = seen, by = known) => {
  const all = typedRows(decisionTypedData(desk, address, of, { decision: 'approve', reason: '' }), of, by);
  return new Map(all.map((row) => [row.name, row]));
};

test('every field stands with its meaning, the action’s own below its hash', () => {
  const fields = rows();
  expect([...fields.keys()]).toEqual([
    ...['requestId', 'action', 'actionHash', 'from', 'to', 'asset', 'amount', 'summary', 'policyHash'],
    ...['approver', 'decision', 'reason', 'minSeq', 'deadline', 'nonce', 'chain', 'contract'],
  ]);
  expect(fields.get('to')).toMatchObject({ value: '9', meaning: 'Alts', isInner: true });
  expect(fields.get('amount')).toMatchObject({ value: '300000000000', meaning: '300,000 USDC' });
  expect(fields.get('approver')).toMatchObject({ meaning: 'you, Risk 1', check: 'same' });
  expect(fields.get('policyHash')).toMatchObject({ meaning: 'policy v2, in force', check: 'same' });
  expect(fields.get('summary')?.check).toBe('said');
});

test('a change set stands part by part, each with its fields under their own names', () => {
  const port: ChangePart = { kind: 'PortPosition', from: 9, to: 8, instrument: 0, lots: 5, priceTicks: 0 };
  const set: Action = { kind: 'ChangeSet', parts: [action as ChangePart, port] };
  const of = { ...seen, proposal: { ...seen.proposal, action: set, actionHash: actionHash(set) } };
  const all = typedRows(decisionTypedData(desk, address, of, { decision: 'approve', reason: '' }), of, known);
  const inner = all.filter(({ isInner }) => isInner);
  expect(inner.map(({ part, name, value }) => `${part} ${name} ${value}`)).toEqual([
    ...['1 part 1', '1 from 8', '1 to 9', '1 asset USDC', '1 amount 300000000000'],
    ...['2 part 2', '2 from 9', '2 to 8', '2 instrument 0', '2 lots 5', '2 priceTicks 0'],
  ]);
  expect(inner.find(({ name }) => name === 'amount')?.meaning).toBe('300,000 USDC');
  expect(inner[5]?.meaning).toBe('2 of 2: Port position');
  expect(all.find(({ name }) => name === 'actionHash')).toMatchObject({
    meaning: 'hash of the 2 parts below',
    check: 'same',
  });
});

test('a policy that is not in force and another signer are seen', () => {
  const other = {
    ...known,
    firm: { ...known.firm, policy: { ...known.firm.policy, hash: `0x${'0b'.repeat(32)}` } },
  };
  expect(rows(seen, other).get('policyHash')?.check).toBe('other');
  expect(rows(seen, { ...known, address: `0x${'b2'.repeat(20)}` }).get('approver')?.check).toBe('other');
});
