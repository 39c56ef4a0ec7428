import { expect, test } from 'vitest';
import type { StressMapView } from '../../../../engine/protocol/views/stressMap.ts';
import { stepFrom, stressMapOf } from './Stress.state.ts';

const USD = 1_000_000;
const view = (...usd: number[]) =>
  ({
    moves: [-0.045, 0, 0.13],
    volatilities: [0.5, 0],
    cells: usd.map((each) => ({ pnlUsd: each * USD, over: each < -4e6 ? [8, 9] : [] })),
  }) as unknown as StressMapView;

test('one unit for all cells, the sign visible, the root of the largest as shade', () => {
  const map = stressMapOf(view(-5_020_000, 20_000, 1_255_000, -4_000, 0, 80_000));
  expect([map.unit, map.heads, map.rows.map(({ name }) => name)]).toEqual([
    '$m',
    ['−4.5', '0', '+13'],
    ['+50', '0'],
  ]);
  const cells = map.rows.flatMap((row) => row.cells);
  expect(cells.map(({ text }) => text)).toEqual(['−5.0', '0.0', '+1.3', '0.0', '0.0', '+0.1']);
  expect([cells[0]!.shade, cells[2]!.shade, cells[0]!.over]).toEqual([-1, 0.5, [8, 9]]);
  expect(cells.map(({ isNow }) => isNow)).toEqual([false, false, false, false, true, false]);
});

test('a small book is told in thousands', () => {
  const map = stressMapOf(view(-310_400, 0, 12_000, 0, 0, 0));
  expect(map.unit).toBe('$k');
  expect(map.rows[0]!.cells.map(({ text }) => text)).toEqual(['−310', '0', '+12']);
});

test('arrows walk the cells and stop at the edge', () => {
  const map = stressMapOf(view(0, 0, 0, 0, 0, 0));
  expect(stepFrom([0, 0], 'ArrowUp', map)).toEqual([0, 0]);
  expect(stepFrom([0, 0], 'ArrowDown', map)).toEqual([1, 0]);
  expect(stepFrom([1, 2], 'ArrowRight', map)).toEqual([1, 2]);
  expect(stepFrom([1, 2], 'Home', map)).toEqual([1, 0]);
  expect(stepFrom([1, 0], 'End', map)).toEqual([1, 2]);
  expect(stepFrom([1, 1], 'x', map)).toBeUndefined();
});
