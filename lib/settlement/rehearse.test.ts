import { expect, test } from 'vitest';
import { partsOf } from './rehearse.ts';

test('exits go together as far as a message has room, in their order, and none is left out', () => {
  const exit = 'x'.repeat(9_000);
  expect(partsOf(Array(14).fill(exit)).map((part) => part.length)).toEqual([6, 6, 2]);
  expect(partsOf(Array(14).fill(exit)).flat()).toEqual(Array.from({ length: 14 }, (_, place) => place));
  expect(partsOf([])).toEqual([]);
});
