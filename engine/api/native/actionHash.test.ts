// Goal: what an approval is bound to is what a wallet hashes. How: viem's EIP-712 beside ours, on every field type and
// on every action.
import { hashStruct } from 'viem';
import { expect, test } from 'vitest';
import type { Action, ChangePart, ChangeSet } from '../../protocol/commands/actions.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import {
  actionFields,
  actionHash,
  actionStructs,
  policyHash,
  signedForm,
} from '../../protocol/typed/actionHash.ts';
import { type Structs, structHash, type TypedField } from '../../protocol/typed/structHash.ts';
import { canonicalJson } from '../../units/canonicalJson.ts';

const ADDRESS = `0x${'a1'.repeat(20)}`;

function viemHash(name: string, fields: readonly TypedField[], values: Record<string, unknown>): string {
  const types = { ...mutable(actionStructs), [name]: [...fields] };
  return hashStruct({ data: forViem(fields, values), primaryType: name, types });
}

function mutable(structs: Structs): Record<string, TypedField[]> {
  return Object.fromEntries(Object.entries(structs).map(([name, fields]) => [name, [...fields]]));
}

function forViem(fields: readonly TypedField[], values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name: field, type }) => {
      const value = values[field];
      if (type === 'int64') return [field, BigInt(value as number)];
      if (type === 'int64[]') return [field, (value as number[]).map(BigInt)];
      const inner = actionStructs[type.replace('[]', '')];
      if (inner !== undefined)
        return [field, (value as Record<string, unknown>[]).map((item) => forViem(inner, item))];
      return [field, type === 'string' && typeof value !== 'string' ? canonicalJson(value as never) : value];
    }),
  );
}

test('every type of field is hashed as viem hashes it', () => {
  const fields: TypedField[] = [
    { name: 'text', type: 'string' },
    { name: 'who', type: 'address' },
    { name: 'isSo', type: 'bool' },
    { name: 'below', type: 'int64' },
    { name: 'above', type: 'int64' },
    { name: 'hash', type: 'bytes32' },
    { name: 'numbers', type: 'int64[]' },
    { name: 'words', type: 'string[]' },
  ];
  const values = {
    text: 'Größe €',
    who: ADDRESS,
    isSo: true,
    below: -1,
    above: Number.MAX_SAFE_INTEGER,
    hash: `0x${'0f'.repeat(32)}`,
    numbers: [3, -1_099_511_627_776],
    words: ['', 'a'],
  };
  expect(structHash('All', fields, values)).toBe(viemHash('All', fields, values));
});

const rules: Rule[] = [{ id: 'ALL', when: { roles: [Role.admin] }, verdict: { is: 'allow' } }];
const actions: Action[] = [
  { kind: 'OpenNode', parent: 3, label: 'Macro', isAccount: true },
  { kind: 'RenameNode', node: 4, label: 'Rates' },
  { kind: 'MoveNode', node: 4, parent: 3 },
  { kind: 'TagNode', node: 4, tags: ['basis', 'carry'] },
  { kind: 'ArchiveNode', node: 4 },
  { kind: 'SetNodeState', node: 4, state: 'frozen' },
  { kind: 'SetLimits', node: 4, limits: { soft: {}, hard: { grossUsd: 5, kinds: ['spot'] } } },
  {
    kind: 'SetMarginCalls',
    node: 4,
    levels: [{ ratioPpm: 700_000, roles: [Role.risk], prepare: 'transfer' }],
  },
  { kind: 'AcknowledgeMarginCall', call: 3, member: 5 },
  { kind: 'NetPositions', node: 4, instrument: 1 },
  { kind: 'SetNettingWindow', node: 4, everyMinutes: 60, startMinuteUtc: 5 },
  { kind: 'Unwind', account: 8, distancePpm: 250 },
  { kind: 'Flatten', node: 4, distancePpm: 5_000 },
  {
    kind: 'PlaceOverLimit',
    account: 8,
    instrument: 0,
    side: 'buy',
    priceTicks: 600_000,
    sizeLots: 5,
    timeInForce: 'gtc',
  },
  {
    kind: 'Withdraw',
    account: 8,
    asset: 'USDC',
    amount: 5_000_000,
    to: ADDRESS,
    deadlineMs: 1_767_571_200_000,
  },
  { kind: 'AdmitMember', address: ADDRESS, role: Role.risk, label: 'Risk 3', nodes: [1, 2] },
  { kind: 'ChangeMember', member: 5, role: Role.trader, nodes: [] },
  { kind: 'RemoveMember', member: 5 },
  { kind: 'LinkWallet', member: 5, address: ADDRESS },
  { kind: 'UnlinkWallet', member: 5, address: ADDRESS },
  {
    kind: 'ApproveKey',
    member: 4,
    scheme: 'ed25519',
    publicKey: 'ab'.repeat(32),
    accounts: [5, 6],
    expiresAtMs: 1_800_000_000_000,
    markets: ['BTC-PERP', 'ETH-PERP'],
    notionalPerHourUsd: 2_000_000_000_000,
    addresses: ['203.0.113.7'],
  },
  { kind: 'ListDestination', to: `0x${'a1'.repeat(20)}`, label: 'Custodian', dayUsd: 7 },
  { kind: 'UnlistDestination', to: `0x${'a1'.repeat(20)}` },
  { kind: 'SetWithdrawalLimits', dayUsd: 8, destinationDayUsd: 9 },
  { kind: 'SetSegregation', account: 5, isSegregated: true },
  { kind: 'RevokeKey', publicKey: 'ab'.repeat(32) },
  {
    kind: 'ChangeKey',
    publicKey: 'ab'.repeat(32),
    markets: ['BTC-PERP'],
    notionalPerHourUsd: 1_000_000,
    addresses: ['10.0.0.7'],
    expiresAtMs: 1_800_000_000_000,
  },
  { kind: 'SetPolicy', rules },
  { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 5_000_000 },
  { kind: 'TransferMany', transfers: [{ from: 8, to: 9, asset: 'BTC', amount: 1 }] },
  { kind: 'PortPosition', from: 8, to: 9, instrument: 1, lots: 5, priceTicks: 0 },
  {
    kind: 'ChangeSet',
    parts: [
      { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 5_000_000 },
      { kind: 'PortPosition', from: 8, to: 9, instrument: 1, lots: 5, priceTicks: 0 },
      { kind: 'MoveNode', node: 3, parent: 1 },
    ],
  },
];

test.each(actions)('$kind is hashed as viem hashes its struct, and each of its fields counts', (action) => {
  const { kind, ...values } = action;
  expect(Object.keys(values).sort()).toEqual(actionFields[kind].map(({ name }) => name).sort());
  const hash = actionHash(action);
  expect(hash).toBe(viemHash(kind, actionFields[kind], signedForm(action)));
  for (const [name, value] of Object.entries(values)) {
    expect(actionHash({ ...action, [name]: another(value) } as Action)).not.toBe(hash);
  }
});

test('of a change set every field of every part counts, their kinds, their number and their order', () => {
  const set = actions.at(-1) as ChangeSet;
  const [transfer, port, move] = set.parts as [ChangePart, ChangePart, ChangePart];
  const others: ChangePart[][] = [
    [port, transfer, move],
    [transfer, port],
    [transfer, port, move, move],
    ...set.parts.flatMap((part, at) =>
      Object.entries(part)
        .filter(([name]) => name !== 'kind')
        .map(([name, value]) => set.parts.with(at, { ...part, [name]: another(value) } as ChangePart)),
    ),
  ];
  const hashes = others.map((parts) => actionHash({ kind: 'ChangeSet', parts }));
  expect(hashes).toHaveLength(3 + 4 + 5 + 2);
  expect(new Set([actionHash(set), ...hashes]).size).toBe(1 + hashes.length);
});

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...value, value[0] ?? 7];
  return typeof value === 'string' && value.startsWith('0x') ? `0x${'b2'.repeat(20)}` : `${String(value)}.`;
}

test('a policy is named by what it says, not by how it is written down', () => {
  const { id, when, verdict } = rules[0]!;
  expect(policyHash([{ verdict, when, id }])).toBe(policyHash(rules));
  expect(policyHash([])).not.toBe(policyHash(rules));
});
