import { expect, test } from 'vitest';
import { guardedMost } from './guardedMost.ts';

test('a limit ends where one lot more passes it, and says what it says to that one', () => {
  const limit = (most: number) => (lots: number) => (lots > most ? `${lots} is over ${most}` : undefined);
  expect(guardedMost(limit(42), 1_000)).toEqual({ lots: 42, refusal: '43 is over 42' });
  expect(guardedMost(limit(999), 1_000)).toEqual({ lots: 999, refusal: '1000 is over 999' });
  expect(guardedMost(limit(1_000), 1_000)).toBeUndefined();
});

test('a limit on the price refuses every size', () => {
  expect(guardedMost(() => 'too far', 1_000)).toEqual({ lots: 0, refusal: 'too far' });
});
