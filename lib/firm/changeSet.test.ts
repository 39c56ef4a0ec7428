// Goal: a draft of several moves asks for exactly them, and what looks like a slip is named. How: sets by hand.
import { expect, test } from 'vitest';
import type { ChangePart } from '../../engine/protocol/commands/actions.ts';
import { isMove, type MoveDraft, movedPart, notesOf, partName, readSet } from './changeSet.ts';

const names = {
  markets: [{ instrument: 1, name: 'BTC-PERP', lotsPerUnit: 100 }],
  assets: [{ name: 'USDC', decimals: 6 }],
} as unknown as Parameters<typeof readSet>[1];
const transfer: MoveDraft = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', typed: '400k' };
const port: MoveDraft = { kind: 'PortPosition', from: 8, to: 9, instrument: 1, typed: '3.5' };
const moved: ChangePart = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 400_000_000_000 };
const ported: ChangePart = {
  kind: 'PortPosition',
  from: 8,
  to: 9,
  instrument: 1,
  lots: 350,
  priceTicks: 0,
};

test('several moves are one change set in their order, one is asked for by itself', () => {
  expect(readSet([transfer, port], names)).toEqual({
    action: { kind: 'ChangeSet', parts: [moved, ported] },
  });
  expect(readSet([port], names)).toEqual({ action: ported });
});

test('what is missing is said of its part', () => {
  expect(readSet([], names)).toMatchObject({ part: 0 });
  expect(readSet([port, { ...transfer, typed: '' }], names)).toEqual({
    missing: 'Part 2: Not an amount of USDC.',
    part: 2,
  });
  expect(readSet([{ ...port, to: undefined }, transfer], names)).toMatchObject({ part: 1 });
});

test('a part goes one place earlier or later, and stays where there is none', () => {
  const parts = [transfer, port, transfer].map((draft, id) => ({ id, draft }));
  const ids = (of: readonly { id: number }[]) => of.map(({ id }) => id);
  expect(ids(movedPart(parts, 2, -1))).toEqual([0, 2, 1]);
  expect(ids(movedPart(parts, 0, 1))).toEqual([1, 0, 2]);
  expect(ids(movedPart(parts, 0, -1))).toEqual([0, 1, 2]);
  expect(ids(movedPart(parts, 2, 1))).toEqual([0, 1, 2]);
  expect(ids(movedPart(parts, 7, 1))).toEqual([0, 1, 2]);
});

test('equal parts, parts that cancel each other and parts there and back are named', () => {
  const nameOf = (part: ChangePart) => (part.kind === 'Transfer' ? part.asset : 'BTC-PERP');
  const notes = (...parts: ChangePart[]) => notesOf(parts, nameOf);
  const send = (from: number, to: number, amount: number) => ({ ...moved, from, to, amount }) as ChangePart;
  expect(notes(moved, ported, { ...ported, from: 9, to: 10 })).toEqual([]);
  expect(notes(moved, ported, moved)).toEqual(['Parts 1 and 3 are the same.']);
  expect(notes(send(8, 9, 5), ported, send(9, 8, 5))).toEqual([
    'Parts 1 and 3 bring back all the USDC they take: they cancel each other.',
  ]);
  expect(notes(send(8, 9, 5), send(9, 10, 5), send(10, 8, 5))).toEqual([
    'Parts 1, 2 and 3 bring back all the USDC they take: they cancel each other.',
  ]);
  expect(notes(send(8, 9, 5), send(9, 8, 3))).toEqual(['Parts 1 and 2 move USDC there and back.']);
  // A place goes where it is put last: nothing of it comes back.
  const place: ChangePart = { kind: 'MoveNode', node: 3, parent: 1 };
  expect(notes(place, moved, { ...place, parent: 2 })).toEqual([]);
  expect(notes(place, moved, place)).toEqual(['Parts 1 and 3 are the same.']);
  // Two assets between the same accounts are no way back.
  expect(notes(moved, { ...moved, from: 9, to: 8, asset: 'BTC' })).toEqual([]);
});

test('only what moves collateral, positions or places can be part of a set', () => {
  expect(isMove(port)).toBe(true);
  expect(isMove({ kind: 'MoveNode', node: 3, parent: 1 })).toBe(true);
  expect(isMove({ kind: 'RenameNode', node: 3, label: 'Rates' })).toBe(false);
});

test('what a part moves has a name: an asset, a market, a place', () => {
  const known = { markets: names.markets, nodes: [{ node: 3, label: 'Alts' }] };
  expect(partName(moved, known)).toBe('USDC');
  expect(partName(ported, known)).toBe(names.markets[0]!.name);
  expect(partName({ kind: 'MoveNode', node: 3, parent: 1 }, known)).toBe('Alts');
});
