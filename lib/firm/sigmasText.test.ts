import { expect, test } from 'vitest';
import { sigmasText } from './sigmasText.ts';

test('a distance has two digits until it is only known to be large, and below none there is no risk', () => {
  expect([2.678, 11.128, 99, 99.996, 100].map(sigmasText)).toEqual([
    '2.68σ',
    '11.13σ',
    '99.00σ',
    '> 99σ',
    '> 99σ',
  ]);
  expect(sigmasText(-1)).toBe('no risk');
});
