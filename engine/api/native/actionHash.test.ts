// Goal: what an approval is bound to is what a wallet hashes. How: viem's EIP-712 beside ours, on every field type and
// on every action.
import { hashStruct } from 'viem';
import { expect, test } from 'vitest';
import {
  actionsOfEveryKind as actions,
  sampleRules as rules,
} from '../../lab/fixtures/actionsOfEveryKind.ts';
import type { Action, ChangePart, ChangeSet } from '../../protocol/commands/actions.ts';
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
