import { expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import { NONE } from '../memory/table.ts';
import { createUndo } from '../memory/undo.ts';
import { addBook, type BookStore, createBookStore } from './bookStore.ts';
import {
  createDepth,
  fillableLots,
  ladderLots,
  levelLots,
  levelOrderCount,
  lotsAhead,
  readDepth,
} from './depth.ts';
import {
  bestAsk,
  bestBid,
  bookOfLadder,
  firstOrderReaching,
  ladderOf,
  ladderOfOrder,
  sideOfLadder,
} from './ladder.ts';
import { wouldCross } from './match.ts';
import { takeOrder } from './openOrder.ts';
import { fillOrder, removeOrder, restOrder } from './restOrder.ts';

const undo = createUndo();

function books(): BookStore {
  const store = createBookStore({ orders: 64, levels: 64, nodes: 64, books: 2 });
  expect([addBook(store, undo), addBook(store, undo)]).toEqual([0, 1]);
  return store;
}

function rest(store: BookStore, ladder: number, ticks: number, lots: number): number {
  const row = takeOrder(store, undo, {
    account: 1,
    packed: sideOfLadder(ladder),
    priceTicks: ticks,
    originalLots: lots,
    openLots: lots,
    acceptedSeq: 1,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  });
  restOrder(store, undo, ladder, row, ticks);
  return row;
}

test('depth is read from the best price on both sides, across pages', () => {
  const store = books();
  for (const [ticks, lots] of [
    [64, 1],
    [31, 2],
    [33_554_431, 3],
    [64, 4],
  ] as const) {
    rest(store, ladderOf(1, Side.sell), ticks, lots);
  }
  for (const ticks of [30, 1, 29]) rest(store, ladderOf(1, Side.buy), ticks, 5);
  const depth = createDepth(2);
  readDepth(store, ladderOf(1, Side.sell), depth);
  expect([depth.count, [...depth.ticks], [...depth.lots], [...depth.orderCount]]).toEqual([
    2,
    [31, 64],
    [2, 5],
    [1, 2],
  ]);
  readDepth(store, ladderOf(1, Side.buy), depth);
  expect([...depth.ticks]).toEqual([30, 29]);
  expect([bestBid(store, 1), bestAsk(store, 1)]).toEqual([30, 31]);
  expect([bestBid(store, 0), bestAsk(store, 0)]).toEqual([NONE, NONE]);
  expect(ladderLots(store, ladderOf(1, Side.sell))).toBe(10);
  expect(levelLots(store, ladderOf(1, Side.sell), 64)).toBe(5);
  expect(levelOrderCount(store, ladderOf(1, Side.sell), 63)).toBe(0);
});

test('the place in the queue is what rests before, and shrinks as it trades', () => {
  const store = books();
  const [first, second, third] = [5, 6, 7].map((lots) => rest(store, 0, 100, lots));
  expect([first, second, third].map((row) => lotsAhead(store, row!))).toEqual([0, 5, 11]);
  fillOrder(store, undo, first!, 2);
  removeOrder(store, undo, second!);
  expect([lotsAhead(store, third!), lotsAhead(store, second!)]).toEqual([3, 0]);
  expect([ladderOfOrder(store, third!), ladderOfOrder(store, second!)]).toEqual([0, NONE]);
});

test('what a taker would meet is summed by level down to its limit', () => {
  const store = books();
  for (const ticks of [100, 101, 140]) rest(store, ladderOf(0, Side.sell), ticks, 10);
  expect(fillableLots(store, ladderOf(0, Side.sell), 101, 1_000)).toBe(20);
  expect(fillableLots(store, ladderOf(0, Side.sell), 99, 1_000)).toBe(0);
  expect(fillableLots(store, ladderOf(0, Side.sell), 200, 15)).toBe(20);
  expect([wouldCross(store, 0, Side.buy, 100), wouldCross(store, 0, Side.buy, 99)]).toEqual([true, false]);
  expect(wouldCross(store, 0, Side.sell, 1)).toBe(false);
});

test('a trigger wakes when the mark reaches it: the nearest first, then the earliest', () => {
  const store = books();
  const rising = ladderOf(1, Side.sell);
  const falling = ladderOf(1, Side.buy);
  const [far, near, later] = [120, 110, 110].map((ticks) => rest(store, rising, ticks, 1));
  const below = rest(store, falling, 90, 1);
  expect(firstOrderReaching(store, rising, 109)).toBe(NONE);
  expect(firstOrderReaching(store, rising, 125)).toBe(near);
  removeOrder(store, undo, near!);
  expect(firstOrderReaching(store, rising, 125)).toBe(later);
  removeOrder(store, undo, later!);
  expect([firstOrderReaching(store, rising, 119), firstOrderReaching(store, rising, 120)]).toEqual([
    NONE,
    far,
  ]);
  expect([firstOrderReaching(store, falling, 91), firstOrderReaching(store, falling, 90)]).toEqual([
    NONE,
    below,
  ]);
  expect(bookOfLadder(rising)).toBe(1);
});
