import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import { PriceLevels } from './priceLevels.ts';

/** Prices and lots to set, one after another; 0 lots removes. */
const anyChanges = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 3 })));

test('bids are what a map says, highest first', () => {
  fc.assert(
    fc.property(anyChanges, (changes) => {
      expectSameAsMap(Side.buy, changes);
    }),
  );
});

test('asks are what a map says, lowest first', () => {
  fc.assert(
    fc.property(anyChanges, (changes) => {
      expectSameAsMap(Side.sell, changes);
    }),
  );
});

function expectSameAsMap(side: Side, changes: readonly [price: number, lots: number][]): void {
  const levels = new PriceLevels(side);
  const plain = new Map<number, number>();
  for (const [price, lots] of changes) {
    levels.set(price, lots);
    if (lots === 0) plain.delete(price);
    else plain.set(price, lots);
  }
  const sorted = [...plain.keys()].sort((a, b) => (side === Side.buy ? b - a : a - b));
  expect(levels.count).toBe(plain.size);
  expect(levels.best()).toBe(sorted[0]);
  for (const [place, price] of sorted.entries()) {
    expect(levels.priceAt(place)).toBe(price);
    expect(levels.lotsAt(place)).toBe(plain.get(price));
    expect(levels.lotsOf(price)).toBe(plain.get(price));
  }
  expect(levels.lotsOf(31)).toBe(0);
}
