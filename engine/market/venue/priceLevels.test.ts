import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import { PriceLevels } from './priceLevels.ts';

test.each([
  ['bids, best is highest', Side.buy],
  ['asks, best is lowest', Side.sell],
])('levels are what a map says, in order: %s', (_name, side) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 3 }))),
      (changes) => {
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
        sorted.forEach((price, place) => {
          expect(levels.priceAt(place)).toBe(price);
          expect(levels.lotsAt(place)).toBe(plain.get(price));
          expect(levels.lotsOf(price)).toBe(plain.get(price));
        });
        expect(levels.lotsOf(31)).toBe(0);
      },
    ),
  );
});
