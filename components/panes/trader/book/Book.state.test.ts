import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';
import {
  barScale,
  centredOn,
  groupChoices,
  isOffCentre,
  ladderRows,
  outside,
  pickOf,
  takenBy,
  usualGroup,
} from './Book.state.ts';

const book = {
  bids: [
    [1000, 5, 1],
    [998, 7, 2],
    [995, 1, 1],
  ] as LevelView[],
  asks: [
    [1003, 4, 1],
    [1004, 6, 1],
    [1011, 9, 3],
  ] as LevelView[],
};
const nothing = { orders: [], taken: new Map<number, number>(), lastTicks: undefined };

describe('the ladder', () => {
  test('bids round down and asks round up into their step', () => {
    const rows = ladderRows({ book, window: { top: 203, rows: 6, groupTicks: 5 }, ...nothing });
    expect(rows.map((row) => [row.priceTicks, row.bidLots, row.askLots])).toEqual([
      [1015, 0, 9],
      [1010, 0, 0],
      [1005, 0, 10],
      [1000, 5, 0],
      [995, 8, 0],
      [990, 0, 0],
    ]);
  });

  test('no row ever holds both sides, and nothing in the window is lost', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 1000 }));
    void fc.assert(
      fc.property(
        fc.array(level),
        fc.array(level),
        fc.constantFrom(1, 2, 5, 10, 20),
        (down, up, groupTicks) => {
          const bids = unique(down).map(([gap, lots]): LevelView => [1000 - gap, lots, 1]);
          const asks = unique(up).map(([gap, lots]): LevelView => [1000 + gap, lots, 1]);
          const window = {
            top: Math.ceil(1420 / groupTicks),
            rows: Math.ceil(840 / groupTicks) + 1,
            groupTicks,
          };
          const rows = ladderRows({ book: { bids, asks }, window, ...nothing });
          expect(rows.filter((row) => row.bidLots > 0 && row.askLots > 0)).toEqual([]);
          expect(sum(rows.map((row) => row.bidLots))).toBe(sum(bids.map(([, lots]) => lots)));
          expect(sum(rows.map((row) => row.askLots))).toBe(sum(asks.map(([, lots]) => lots)));
        },
      ),
    );
  });

  test('the line between the sides is above the first bid row', () => {
    const rows = ladderRows({ book, window: centredOn(1001.5, 8, 1), ...nothing });
    expect(rows.filter((row) => row.isBestAsk).map((row) => row.priceTicks)).toEqual([1003]);
  });

  test('centred, the market is in the middle; left alone, it says which way the market went', () => {
    const window = centredOn(1001.5, 10, 1);
    expect([window.top, window.top - window.rows + 1]).toEqual([1006, 997]);
    expect(outside(book, window)).toBeUndefined();
    expect(outside(book, { ...window, top: 990 })).toBe('above');
    expect(outside(book, { ...window, top: 1050 })).toBe('below');
  });

  test('a ladder that follows moves when the market leaves its middle half', () => {
    const window = { top: 119, rows: 20, groupTicks: 10 };
    expect([1101, 1150, 1199].map((ticks) => isOffCentre(ticks, window))).toEqual([false, true, true]);
    expect(isOffCentre(1030, window)).toBe(true);
  });

  test('own orders stand at their price with what is ahead of the first of them', () => {
    const order = { state: 'open', side: 'buy', priceTicks: 998, openLots: 2, lotsAhead: 3 } as OrderView;
    const parked = { ...order, state: 'parked' } as OrderView;
    const second = { ...order, openLots: 4, lotsAhead: 9 };
    const window = { top: 1000, rows: 3, groupTicks: 1 };
    const rows = ladderRows({ book, window, ...nothing, orders: [order, parked, second] });
    expect(rows[2]?.ownBid).toEqual({ lots: 6, count: 2, lotsAhead: 3 });
    expect(rows[0]?.ownBid).toBeUndefined();
  });
});

describe('what the ticket would take', () => {
  test('it walks from the best price and stops at its limit', () => {
    const taken = takenBy(book, { side: 'buy', lots: 100, limitTicks: 1004 }, 1);
    expect([...taken]).toEqual([
      [1003, 4],
      [1004, 6],
    ]);
  });

  test('it stops when it is filled, in the middle of a level', () => {
    expect([...takenBy(book, { side: 'sell', lots: 6, limitTicks: undefined }, 1)]).toEqual([
      [1000, 5],
      [998, 1],
    ]);
  });
});

describe('steps and scales', () => {
  test('the steps are 1, 2 and 5 and the usual one holds the spread in two rows', () => {
    expect(groupChoices(631_015).slice(0, 6)).toEqual([1, 2, 5, 10, 20, 50]);
    const at = (bid: number, ask: number) => usualGroup({ bids: [[bid, 1, 1]], asks: [[ask, 1, 1]] });
    expect(at(631_010, 631_020)).toBe(50);
    expect(at(631_000, 631_150)).toBe(100);
    expect(at(29, 30)).toBe(1);
    expect(usualGroup({ bids: [], asks: [] })).toBe(1);
  });

  test('bars keep their scale until the largest row outgrows it', () => {
    const row = (bidLots: number) => ({ bidLots, askLots: 0 }) as ReturnType<typeof ladderRows>[number];
    expect(barScale([row(38)])).toBe(50);
    expect(barScale([row(50)])).toBe(50);
    expect(barScale([row(51)])).toBe(100);
    expect(barScale([])).toBe(1);
  });

  test('the bid side buys, the ask side sells, the price column only names a price', () => {
    const row = { priceTicks: 1003 } as ReturnType<typeof ladderRows>[number];
    expect([0, 1, 2, 3, 4].map((column) => pickOf(column, row).side)).toEqual([
      'buy',
      'buy',
      undefined,
      'sell',
      'sell',
    ]);
  });
});

function unique(levels: [number, number][]): [number, number][] {
  return [...new Map(levels)].sort(([a], [b]) => a - b);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
