// Goal: a wallet that reads ERC-7730 shows every type and every field of what is signed here, and the same values. How:
// one text of each type, its leaves walked by hand, and a renderer that knows nothing but the file.
import { describe, expect, test } from 'vitest';
import { type ActionKind, actionNumbers } from '../../engine/protocol/commands/actionNumbers.ts';
import type { ChangePart } from '../../engine/protocol/commands/actions.ts';
import { actionFields, actionHash } from '../../engine/protocol/typed/actionHash.ts';
import {
  clearSigningFile,
  type DisplayField,
  encodedType,
  typedSchemas,
} from '../../engine/protocol/typed/clearSigning.ts';
import { proposeTypedData } from '../../engine/protocol/typed/firmTypedData.ts';
import { domainOf, type TypedData } from '../../engine/protocol/typed/typedData.ts';
import { clearSigned } from './clearSigned.ts';
import { readTypedData } from './typedDataReading.ts';

const desk = { chainId: 31_337, vault: `0x${'b1'.repeat(20)}` };
const file = clearSigningFile(desk);
const terms = { policyHash: `0x${'d1'.repeat(32)}`, seqMin: 3, deadlineMs: 9 };

/** A value of each atom that can be told from the others. */
function sampleOf(types: TypedData['types'], type: string, path: string): unknown {
  if (types[type] !== undefined)
    return Object.fromEntries(
      types[type].map((field) => [field.name, sampleOf(types, field.type, `${path}.${field.name}`)]),
    );
  if (type.endsWith('[]')) return [1, 2].map((at) => sampleOf(types, type.slice(0, -2), `${path}${at}`));
  if (type === 'bool') return true;
  if (type === 'address') return `0x${'a1'.repeat(20)}`;
  if (type === 'bytes32' || type === 'bytes') return `0x${'c1'.repeat(32)}`;
  return type === 'string' ? `text of ${path}` : String(path.length);
}

/** Each label once, also of what is shown of each item of a list. */
function labelsOf(fields: readonly DisplayField[]): string[] {
  return fields.flatMap((field) => ('fields' in field ? labelsOf(field.fields) : [field.label]));
}

const texts = typedSchemas().map(({ primaryType, types }): TypedData => {
  const message = sampleOf(types, primaryType, '') as Record<string, unknown>;
  return { domain: domainOf(desk), types, primaryType, message };
});

test('there is a format for every action and for everything else that is signed, and none besides', () => {
  const keys = texts.map(({ types, primaryType }) => encodedType(types, primaryType));
  expect(new Set(keys).size).toBe(Object.keys(actionNumbers).length + 4);
  expect(Object.keys(file.display.formats).sort()).toEqual([...keys].sort());
  expect(JSON.parse(JSON.stringify(file))).toEqual(file);
});

describe.each(texts.map((text) => [encodedType(text.types, text.primaryType), text] as const))(
  '%s',
  (_, text) => {
    test('is shown with every field, as it is signed', () => {
      const reading = readTypedData({ ...text, domain: { ...text.domain } });
      const rows = clearSigned(file, text)!.rows;
      const labels = labelsOf(file.display.formats[encodedType(text.types, text.primaryType)]!.fields);
      expect(labels).not.toContain('');
      expect(new Set(labels).size).toBe(labels.length);
      expect(new Set(rows.map(({ label }) => label))).toEqual(new Set(labels));
      const listed = (value: string) => (value.startsWith('[') ? JSON.parse(value).join(', ') : value);
      expect(rows.map(({ value }) => value)).toEqual(reading.fields.map(({ value }) => listed(value)));
    });

    test('is not shown as understood once a field of it is missing or has another type', () => {
      const [first] = text.types[text.primaryType]!;
      const { [first!.name]: _gone, ...rest } = text.message;
      expect(clearSigned(file, { ...text, message: rest })).toBeUndefined();
      const [, ...others] = text.types[text.primaryType]!;
      const types = { ...text.types, [text.primaryType]: [{ ...first!, type: 'uint8' }, ...others] };
      expect(clearSigned(file, { ...text, types })).toBeUndefined();
    });
  },
);

test('a request is shown with the sentence the desk makes of it, and each field under its own label', () => {
  const action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1_000_000 } as const;
  const summary = 'Move 1 USDC from Basis (8) to Alts (9).';
  const signer = { wallet: `0x${'a1'.repeat(20)}`, nonce: 5 };
  const text = proposeTypedData(desk, { kind: 'Propose', firm: 1, action, terms }, summary, signer);
  expect(clearSigned(file, text)).toEqual({
    intent: 'Ask for: Transfer',
    rows: [
      { label: 'In words', value: summary },
      { label: 'From', value: '8' },
      { label: 'To', value: '9' },
      { label: 'Asset', value: 'USDC' },
      { label: 'Amount (smallest units)', value: '1000000' },
      { label: 'Firm', value: '1' },
      { label: 'Policy hash', value: terms.policyHash },
      { label: 'Proposer', value: signer.wallet },
      { label: 'Not before sequence', value: '3' },
      { label: 'Signature good until (ms since 1970)', value: '9' },
      { label: 'Nonce', value: '5' },
    ],
  });
});

test('a change set is shown part by part, each with the fields it would have alone and no others', () => {
  const parts: ChangePart[] = [
    { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1_000_000 },
    { kind: 'PortPosition', from: 9, to: 10, instrument: 1, lots: 500, priceTicks: 0 },
    { kind: 'MoveNode', node: 3, parent: 1 },
  ];
  const propose = { kind: 'Propose', firm: 1, action: { kind: 'ChangeSet', parts }, terms } as const;
  const text = proposeTypedData(desk, propose, 'Two.', { wallet: `0x${'a1'.repeat(20)}`, nonce: 5 });
  const { intent, rows } = clearSigned(file, text)!;
  expect(intent).toBe('Ask for: Change set');
  expect(rows.slice(1, -6).map(({ label, value }) => `${label} ${value}`)).toEqual([
    'Part 1',
    'Transfer: from 8',
    'Transfer: to 9',
    'Transfer: asset USDC',
    'Transfer: amount (smallest units) 1000000',
    'Part 2',
    'Port: from 9',
    'Port: to 10',
    'Port: instrument 1',
    'Port: size (lots) 500',
    'Port: price (ticks, 0 is the mark) 0',
    'Part 3',
    'Move: node 3',
    'Move: parent 1',
  ]);
  const reading = readTypedData({ ...text, domain: { ...text.domain } });
  expect(reading.actionHash).toBe(actionHash(propose.action));
  expect(reading.fields.map(({ path }) => path)).toContain('action.parts[1].port[0].lots');
});

test('a text of another chain, contract or desk is not this file’s', () => {
  const [text] = texts as [TypedData];
  const other = (domain: object) => clearSigned(file, { ...text, domain: { ...text.domain, ...domain } });
  expect(other({})).toBeDefined();
  for (const domain of [{ chainId: 1 }, { name: 'Other' }, { verifyingContract: `0x${'b2'.repeat(20)}` }])
    expect(other(domain)).toBeUndefined();
});

test('every field of every action has a type that a wallet can show', () => {
  const kinds = Object.keys(actionNumbers) as ActionKind[];
  expect(kinds.filter((kind) => actionFields[kind].length === 0)).toEqual([]);
});
