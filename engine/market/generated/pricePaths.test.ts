import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { type Coin, coinOf } from './coins.ts';
import { PricePaths } from './pricePaths.ts';

const coins: Coin[] = ['BTC', 'ETH', 'ADA', 'LINK', 'HYPE'].map((name) => coinOf(name)!);
const SECONDS = 20_000;

/** Returns of each coin over one second. */
function secondReturns(seed: number): number[][] {
  const paths = new PricePaths(
    coins,
    new Random(seed, 'paths'),
    coins.map(({ startUsd }) => startUsd),
  );
  const returns: number[][] = coins.map(() => []);
  let before = coins.map((_, coin) => paths.usd(coin));
  for (let second = 0; second < SECONDS; second++) {
    for (let step = 0; step < 10; step++) paths.advance();
    const now = coins.map((_, coin) => paths.usd(coin));
    now.forEach((usd, coin) => {
      returns[coin]!.push(usd / before[coin]! - 1);
    });
    before = now;
  }
  return returns;
}

/** Correlation of signs, which a rare jump does not move, turned into that of normal returns. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const agreeing = a.filter((value, place) => value > 0 === b[place]! > 0).length / a.length;
  return Math.sin((Math.PI / 2) * (2 * agreeing - 1));
}

const returns = secondReturns(5);

test.each([
  ['BTC', 'ETH', 0.88],
  ['BTC', 'ADA', 0.79],
  ['ADA', 'LINK', 0.9],
  ['BTC', 'HYPE', 0.56],
])('%s and %s move together as they did in the half-year of the base matrix', (a, b, measured) => {
  const place = (name: string) => coins.findIndex((coin) => coin.name === name);
  expect(Math.abs(correlation(returns[place(a)]!, returns[place(b)]!) - measured)).toBeLessThan(0.09);
});

test('the volatility of a path is that of its coin', () => {
  const perSecond = returns.map((values) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / SECONDS));
  const perYear = perSecond.map((vol) => vol * Math.sqrt(365 * 86_400));
  perYear.forEach((vol, coin) => {
    expect(vol / coins[coin]!.volYear, coins[coin]!.name).toBeGreaterThan(0.5);
    expect(vol / coins[coin]!.volYear, coins[coin]!.name).toBeLessThan(2);
  });
});

test('the same seed walks the same path', () => {
  expect(secondReturns(5)[0]!.slice(-3)).toEqual(returns[0]!.slice(-3));
});

test('a path remembers the steps before', () => {
  const paths = new PricePaths(
    coins,
    new Random(1, 'paths'),
    coins.map(({ startUsd }) => startUsd),
  );
  const seen: number[] = [];
  for (let step = 0; step < 100; step++) {
    seen.push(paths.usd(0));
    paths.advance();
  }
  expect(paths.pastUsd(0, 1)).toBe(seen[99]);
  expect(paths.pastUsd(0, 20)).toBe(seen[80]);
});
