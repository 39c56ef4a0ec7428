import { expect, test } from 'vitest';
import { Random } from './random.ts';

function draws(random: Random, count: number, draw: (random: Random) => number): number[] {
  return Array.from({ length: count }, () => draw(random));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('a seed and a purpose give the same numbers every time', () => {
  const words = (seed: number, purpose: string) => draws(new Random(seed, purpose), 5, (r) => r.word());
  expect(words(7, 'paths')).toEqual(words(7, 'paths'));
  expect(words(7, 'paths')).not.toEqual(words(8, 'paths'));
  expect(words(7, 'paths')).not.toEqual(words(7, 'takers'));
});

test('the stream is the one it was when it was written', () => {
  expect(draws(new Random(1, 'golden'), 4, (r) => r.word())).toMatchInlineSnapshot(`
    [
      -1249501309,
      -1618116837,
      -1272512406,
      -1622275312,
    ]
  `);
});

test('uniform, exponential and gaussian numbers have the mean and spread they promise', () => {
  const random = new Random(1, 'moments');
  const square = (value: number) => value * value;
  expect(mean(draws(random, 50_000, (r) => r.uniform()))).toBeCloseTo(0.5, 2);
  expect(mean(draws(random, 50_000, (r) => r.exponential()))).toBeCloseTo(1, 1);
  const normal = draws(random, 50_000, (r) => r.gaussian());
  expect(mean(normal)).toBeCloseTo(0, 1);
  expect(mean(normal.map(square))).toBeCloseTo(1, 1);
  expect(mean(normal.map((x) => square(square(x))))).toBeCloseTo(3, 0);
});

test('a Pareto size has the median asked for and never passes its cut', () => {
  const sizes = draws(new Random(1, 'sizes'), 20_000, (r) => r.pareto(1_900, 1.25, 0.999)).sort(
    (a, b) => a - b,
  );
  expect(sizes[10_000]! / 1_900).toBeCloseTo(1, 1);
  expect(sizes.at(-1)).toBeLessThanOrEqual((1_900 / 2 ** 0.8) * 1_000 ** 0.8 * 1.001);
});
