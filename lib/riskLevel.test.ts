import { expect, test } from 'vitest';
import { distanceLevel, levelOf, ratioLevel } from './riskLevel.ts';

test('a distance is amber under 3σ and red under 1.5σ, wherever it is shown', () => {
  expect([3, 2.99, 1.5, 1.49, 0].map(levelOf)).toEqual(['safe', 'warn', 'warn', 'danger', 'danger']);
});

test('what is being liquidated is red, and what no move reaches is not', () => {
  const of = (state: string, sigmas: number) => distanceLevel({ state, sigmas });
  expect([of('liquidatable', 0), of('measured', 1), of('noRisk', 0), of('beyond', 100)]).toEqual([
    'danger',
    'danger',
    'safe',
    'safe',
  ]);
});

test('maintenance is amber from 80 % of equity on and red from all of it, and without equity', () => {
  expect([799_999, 800_000, 999_999, 1_000_000, -1].map(ratioLevel)).toEqual([
    'safe',
    'warn',
    'warn',
    'danger',
    'danger',
  ]);
});
