import { expect, test } from 'vitest';
import type { ChartLine } from './chartLines.ts';
import { neighbourOf, nudgeOf, reachable } from './usePillKeys.ts';

const line = (key: string, priceTicks: number, is: string, canMove: boolean) =>
  ({ key, priceTicks, subject: { is }, canMove }) as ChartLine;
const lines = [
  line('level 1', 100, 'level', true),
  line('entry', 300, 'entry', false),
  line('order 2', 200, 'order', true),
  line('stop of 2', 250, 'leg', false),
];

test('arrows lead through the lines by price, past those with nothing to press, and stop at the ends', () => {
  const inOrder = reachable(lines, true);
  expect(inOrder.map(({ key }) => key)).toEqual(['entry', 'order 2', 'level 1']);
  expect(neighbourOf(inOrder, 'entry', 'ArrowDown')).toBe('order 2');
  expect(neighbourOf(inOrder, 'entry', 'ArrowUp')).toBe('entry');
  expect(neighbourOf(inOrder, 'entry', 'End')).toBe('level 1');
  expect(neighbourOf(inOrder, 'level 1', 'ArrowDown')).toBe('level 1');
  expect(neighbourOf(inOrder, 'level 1', 'a')).toBeUndefined();
  expect(reachable(lines, false)).toEqual([]);
});

test('a held line moves by one tick, with Shift by ten, with Page by a hundred', () => {
  expect(nudgeOf('ArrowUp', false)).toBe(1);
  expect(nudgeOf('ArrowDown', true)).toBe(-10);
  expect(nudgeOf('PageUp', false)).toBe(100);
  expect(nudgeOf('Home', false)).toBeUndefined();
});
