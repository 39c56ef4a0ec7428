import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillEffect } from './fill.ts';

const lots = fc.integer({ min: -1_000_000, max: 1_000_000 });
const price = fc.integer({ min: 1, max: 10_000_000 });

test('a fill moves value between balance and position and makes none', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(lots, price), { maxLength: 40 }), (fills) => {
      let held = 0;
      let entry = 0;
      let balance = 0;
      let cash = 0;
      for (const [signed, perLot] of fills) {
        if (signed === 0) continue;
        const effect = fillEffect(held, entry, signed, perLot);
        held = effect.lots;
        entry = effect.entryValue;
        balance += effect.realizedPnl;
        cash -= signed * perLot;
        // What was paid for the position is either booked or still stands as entry value.
        expect(balance - entry).toBe(cash);
        expect(held === 0 ? entry : Math.sign(entry) * Math.sign(held) >= 0).toBe(held === 0 ? 0 : true);
      }
    }),
  );
});

test('closing a third of a position books a third of its entry value', () => {
  expect({ ...fillEffect(30, 3_000, -10, 120) }).toEqual({ lots: 20, entryValue: 2_000, realizedPnl: 200 });
});

test('turning a position books the old one whole and opens the rest at the price', () => {
  expect({ ...fillEffect(-10, -1_000, 25, 90) }).toEqual({ lots: 15, entryValue: 1_350, realizedPnl: 100 });
});
