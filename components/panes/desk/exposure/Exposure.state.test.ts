import { expect, test } from 'vitest';
import type { Branch } from '../../../../lib/firm/tree.ts';
import { barOf, COLUMNS_MAX, matrixOf } from './Exposure.state.ts';

const place = (node: number, deltaUsd: number) =>
  ({
    node: { node, label: `n${node}` },
    children: [],
    own: [{ positions: [{ underlying: 'BTC', deltaUsd }], balances: [] }],
  }) as unknown as Branch;

test('all places have a column in the order of the tree while they fit', () => {
  const { columns, rows, mostUsd } = matrixOf([place(4, 3), place(2, -9)], 'net');
  expect(columns.map(({ label }) => label)).toEqual(['n4', 'n2']);
  expect(rows[0]!.cells.map((cell) => cell!.netUsd)).toEqual([3, -9]);
  expect([mostUsd, barOf(3, 12), barOf(0, 0)]).toEqual([9, 0.5, 0]);
});

test('of many the largest have a column and the others one together, so that the row still adds up', () => {
  const places = Array.from({ length: 1_000 }, (_, node) => place(node, node % 2 === 0 ? node : -node));
  const { columns, rows } = matrixOf(places, 'gross');
  expect(columns).toHaveLength(COLUMNS_MAX);
  expect(columns.at(-1)).toEqual({
    key: -1,
    label: `${1_001 - COLUMNS_MAX} others`,
    places: 1_001 - COLUMNS_MAX,
  });
  expect(columns[0]!.label).toBe(`n${1_001 - COLUMNS_MAX}`);
  const [btc] = rows;
  const sum = (of: 'netUsd' | 'grossUsd') => btc!.cells.reduce((total, cell) => total + cell![of], 0);
  expect([sum('netUsd'), sum('grossUsd')]).toEqual([btc!.total.netUsd, btc!.total.grossUsd]);
});
