import { expect, test } from 'vitest';
import { distanceText } from './distanceText.ts';

test('a distance has two digits until it is only known to be large', () => {
  expect(distanceText({ state: 'measured', sigmas: 2.678 })).toBe('2.68');
  expect(distanceText({ state: 'measured', sigmas: 9.01 })).toBe('> 9');
  expect(distanceText({ state: 'beyond', sigmas: 100 })).toBe('> 9');
});
