import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstWithout } from './halving.ts';

const LOTS_MAX = 2_147_483_647;

test('what holds up to a number is found with at most 31 questions', () => {
  fc.assert(
    fc.property(fc.nat({ max: LOTS_MAX }), fc.integer({ min: 1, max: LOTS_MAX }), (last, over) => {
      const high = Math.min(LOTS_MAX, last + over);
      let questions = 0;
      const first = firstWithout(0, high, (at) => {
        questions++;
        return at <= last;
      });
      expect(first).toBe(Math.min(high, last + 1));
      expect(questions).toBeLessThanOrEqual(31);
    }),
  );
});

test('where nothing or everything between the two holds, neither of them is asked', () => {
  const asked: number[] = [];
  const never = (at: number) => asked.push(at) < 0;
  expect(firstWithout(3, 4, never)).toBe(4);
  expect(firstWithout(3, 7, never)).toBe(4);
  expect(firstWithout(3, 7, (at) => asked.push(at) > 0)).toBe(7);
  expect(asked.every((at) => at > 3 && at < 7)).toBe(true);
});
