import { expect, test } from 'vitest';
import { merged } from './history.ts';

test('pages that overlap hold each row once, newest first', () => {
  const row = (seq: number, place = 0) => ({ seq, place });
  expect(merged([row(9), row(8, 1)], [row(8, 1), row(8), row(7)])).toEqual([
    row(9),
    row(8, 1),
    row(8),
    row(7),
  ]);
});
