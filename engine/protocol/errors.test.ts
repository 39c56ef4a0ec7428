import { expect, test } from 'vitest';
import { errorCodeOf, errors, errorView, OK, refusal } from './errors.ts';

test('every code has a number of its own and a sentence', () => {
  const numbers = Object.values(errors).map(([number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).not.toContain(OK);
  for (const [, sentence] of Object.values(errors)) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test('a number finds its code and a code its number', () => {
  for (const [code, number] of Object.entries(refusal)) expect(errorCodeOf(number)).toBe(code);
  expect(errorCodeOf(OK)).toBeUndefined();
});

test('a detail follows the sentence', () => {
  expect(errorView('order.unknown', 'It was 5.').message).toMatch(/never placed\. It was 5\.$/);
});
