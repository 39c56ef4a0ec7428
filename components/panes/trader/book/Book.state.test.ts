import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';
import { barScale, bidShareOf, type LadderInput, ladderRows, spreadOf } from './Book.state.ts';
import { centredOn } from './ladderWindow.ts';
import { ownSizes } from './ownSizes.ts';

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

function input(change: Partial<LadderInput>): LadderInput {
  return {
    book,
    window: { top: 1004, rows: 7, groupTicks: 1 },
    own: ownSizes([], [], 1),
    taking: undefined,
    lastTicks: undefined,
    levels: new Set(),
    isCumulative: false,
    drop: undefined,
    ...change,
  };
}

describe('the rows', () => {
  test('bids round down and asks round up into their step', () => {
    const rows = ladderRows(input({ window: { top: 203, rows: 6, groupTicks: 5 } }));
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
          const rows = ladderRows(input({ book: { bids, asks }, window }));
          expect(rows.filter((row) => row.bidLots > 0 && row.askLots > 0)).toEqual([]);
          expect(sum(rows.map((row) => row.bidLots))).toBe(sum(bids.map(([, lots]) => lots)));
          expect(sum(rows.map((row) => row.askLots))).toBe(sum(asks.map(([, lots]) => lots)));
          const sums = ladderRows(input({ book: { bids, asks }, window, isCumulative: true }));
          expect(Math.max(...sums.map((row) => row.bidLots))).toBe(sum(bids.map(([, lots]) => lots)));
        },
      ),
    );
  });

  test('rows of the paint before are written over, whatever stood in them', () => {
    const window = { top: 203, rows: 6, groupTicks: 5 };
    const used = ladderRows(input({ lastTicks: 1000, levels: new Set([1000]), isCumulative: true }));
    expect(ladderRows(input({ window }), used)).toEqual(ladderRows(input({ window })));
  });

  test('summed, a row says what stands from the best price up to it', () => {
    const rows = ladderRows(input({ window: { top: 1011, rows: 17, groupTicks: 1 }, isCumulative: true }));
    const shown = rows.filter((row) => row.bidLots + row.askLots > 0);
    expect(shown.map((row) => [row.priceTicks, row.bidLots, row.askLots])).toEqual([
      [1011, 0, 19],
      [1004, 0, 10],
      [1003, 0, 4],
      [1000, 5, 0],
      [998, 12, 0],
      [995, 13, 0],
    ]);
  });

  test('the line between the sides is below the best ask', () => {
    const rows = ladderRows(input({ window: centredOn(1001.5, 8, 1) }));
    expect(rows.filter((row) => row.isBestAsk).map((row) => row.priceTicks)).toEqual([1003]);
  });
});

describe('own orders', () => {
  const order = {
    state: 'open',
    side: 'buy',
    priceTicks: 998,
    openLots: 2,
    lotsAhead: 3,
    orderId: 1,
  } as OrderView;

  test('they stand at their price with what is ahead of the first of them', () => {
    const parked = { ...order, orderId: 2, state: 'parked' } as OrderView;
    const second = { ...order, orderId: 3, openLots: 4, lotsAhead: 9 };
    const own = ownSizes([second, parked, order], [], 1);
    const rows = ladderRows(input({ window: { top: 1000, rows: 3, groupTicks: 1 }, own }));
    expect(rows[2]?.ownBid).toMatchObject({ lots: 6, lotsAhead: 3, orders: [order, second] });
    expect(rows[0]?.ownBid).toBeUndefined();
  });

  test('of two prices in one row the better one trades first, however long its queue', () => {
    const better = { ...order, orderId: 4, priceTicks: 999, lotsAhead: 50 };
    expect(ownSizes([order, better], [], 10).buy.get(99)?.lotsAhead).toBe(50);
    const sells = [order, better].map((each) => ({ ...each, side: 'sell' as const }));
    expect(ownSizes(sells, [], 10).sell.get(100)?.lotsAhead).toBe(3);
  });

  test('what was sent is beside them and is no fact', () => {
    const own = ownSizes([order], [{ side: 'buy', priceTicks: 998, lots: 5 }], 1);
    expect(own.buy.get(998)).toMatchObject({ lots: 2, pendingLots: 5 });
  });
});

describe('what the ticket would take', () => {
  const taken = (taking: LadderInput['taking']) =>
    ladderRows(input({ taking, window: { top: 1011, rows: 17, groupTicks: 1 } }))
      .filter((row) => row.takeLots > 0)
      .map((row) => [row.priceTicks, row.takeLots]);

  test('it walks from the best price and stops at its limit', () => {
    expect(taken({ side: 'buy', lots: 100, limitTicks: 1004 })).toEqual([
      [1004, 6],
      [1003, 4],
    ]);
  });

  test('it stops when it is filled, in the middle of a level', () => {
    expect(taken({ side: 'sell', lots: 6, limitTicks: undefined })).toEqual([
      [1000, 5],
      [998, 1],
    ]);
  });
});

describe('scales', () => {
  test('bars keep their scale until the largest row outgrows it', () => {
    const row = (bidLots: number) => ({ bidLots, askLots: 0 }) as ReturnType<typeof ladderRows>[number];
    expect([[row(38)], [row(50)], [row(51)], []].map(barScale)).toEqual([50, 50, 100, 1]);
  });

  test('spread and leaning are of one book; of an empty one neither is known', () => {
    expect([spreadOf(book), bidShareOf(book)]).toEqual([3, 13 / 32]);
    const empty = { bids: [], asks: [] };
    expect([spreadOf(empty), bidShareOf(empty)]).toEqual([undefined, undefined]);
  });
});

function unique(levels: [number, number][]): [number, number][] {
  return [...new Map(levels)].sort(([a], [b]) => a - b);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
