import { expect, test } from 'vitest';
import { participationPpm, participationText } from './participation.ts';

test('an order is a share of what trades, and of nothing it is none', () => {
  expect(participationPpm(189, 1_000)).toBe(189_000);
  expect([participationPpm(189, 0), participationPpm(undefined, 5), participationPpm(5, undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('small shares have a digit more, and what is far beyond all is not counted', () => {
  expect([189_000, 420, 0, 9_990_000, 9_990_001].map(participationText)).toEqual([
    '18.9%',
    '0.04%',
    '0.0%',
    '999.0%',
    '> 999%',
  ]);
});
