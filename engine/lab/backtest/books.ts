import { type Random, randomFrom } from '../sim/random.ts';

/** A book of perpetuals: shares of its gross notional, signed, by asset; they add up to 1 without their signs. */
export interface Book {
  readonly name: string;
  readonly group: BookGroup;
  readonly shares: ReadonlyMap<string, number>;
}

/** Books that fail for the same reason stand together. */
export const BOOK_GROUPS = [
  'one long',
  'one short',
  'pair',
  'group against group',
  'one-sided',
  'random',
] as const;
export type BookGroup = (typeof BOOK_GROUPS)[number];

const MAJORS = ['BTC', 'ETH'];
const RANDOM_BOOKS = 40;

/** The books of a panel: those a risk officer would name, and as many again drawn from a seed. */
export function booksOf(assets: readonly string[], seed: number): Book[] {
  const alts = assets.filter((asset) => !MAJORS.includes(asset));
  const majors = assets.filter((asset) => MAJORS.includes(asset));
  const pairs: [string, string][] = [
    ['BTC', 'ETH'],
    ['BTC', 'SOL'],
    ['ETH', 'SOL'],
    ['BTC', 'DOGE'],
    ['SOL', 'AVAX'],
    ['XRP', 'ADA'],
    ['BTC', 'SUI'],
    ['BTC', 'HYPE'],
  ];
  const random = randomFrom(seed);
  return [
    ...assets.map((asset) => book(`long ${asset}`, 'one long', [[asset, 1]])),
    ...assets.map((asset) => book(`short ${asset}`, 'one short', [[asset, -1]])),
    ...pairs
      .filter((pair) => pair.every((asset) => assets.includes(asset)))
      .flatMap(([a, b]) => [pair(a, b), pair(b, a)]),
    ...versus('majors', majors, 'alts', alts),
    ...versus('BTC', ['BTC'], 'alts', alts),
    book(
      'all alts long',
      'one-sided',
      alts.map((asset) => [asset, 1]),
    ),
    book(
      'all alts short',
      'one-sided',
      alts.map((asset) => [asset, -1]),
    ),
    book(
      'everything long',
      'one-sided',
      assets.map((asset) => [asset, 1]),
    ),
    book(
      'everything short',
      'one-sided',
      assets.map((asset) => [asset, -1]),
    ),
    ...Array.from({ length: RANDOM_BOOKS }, (_, place) => randomBook(random, assets, place + 1)),
  ];
}

function pair(long: string, short: string): Book {
  return book(`long ${long}, short ${short}`, 'pair', [
    [long, 1],
    [short, -1],
  ]);
}

/** One group against another of the same gross, and the other way round. */
function versus(nameA: string, a: readonly string[], nameB: string, b: readonly string[]): Book[] {
  const legs = (sign: number): [string, number][] => [
    ...a.map((asset): [string, number] => [asset, sign / a.length]),
    ...b.map((asset): [string, number] => [asset, -sign / b.length]),
  ];
  return [
    book(`long ${nameA}, short ${nameB}`, 'group against group', legs(1)),
    book(`long ${nameB}, short ${nameA}`, 'group against group', legs(-1)),
  ];
}

function randomBook(random: Random, assets: readonly string[], number: number): Book {
  const legs = assets
    .filter(() => random.chance(0.6))
    .map((asset): [string, number] => [asset, (random.chance(0.5) ? 1 : -1) * (0.1 + random.unit())]);
  const some = legs.length > 0 ? legs : ([[assets[random.below(assets.length)]!, 1]] as [string, number][]);
  return book(`random ${number}`, 'random', some);
}

function book(name: string, group: BookGroup, legs: [string, number][]): Book {
  const gross = legs.reduce((sum, [, share]) => sum + Math.abs(share), 0);
  return { name, group, shares: new Map(legs.map(([asset, share]) => [asset, share / gross])) };
}
