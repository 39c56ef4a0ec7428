import { expect, test } from 'vitest';
import { AssertionError } from '../../units/assert.ts';
import { NONE } from '../memory/table.ts';
import { createUndo } from '../memory/undo.ts';
import { addBook, createBookStore, hasRoomToRest } from './bookStore.ts';
import { findOrder, freeOrder, mintOrderId, type OrderDraft, takeOrder } from './openOrder.ts';
import { restOrder } from './restOrder.ts';

const undo = createUndo();
const plain: OrderDraft = {
  account: 3,
  packed: 0,
  priceTicks: 100,
  originalLots: 9,
  openLots: 7,
  acceptedSeq: 11,
  triggerTicks: 0,
  expiresAtMs: 0,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
};

function store(orders = 4) {
  const made = createBookStore({ orders, levels: 4, nodes: 8, books: 1 });
  addBook(made, undo);
  return made;
}

test('an id finds its order while it is open and never another', () => {
  const books = store();
  const row = takeOrder(books, undo, plain);
  const id = books.orders.columns.id[row]!;
  expect(findOrder(books, id)).toBe(row);
  freeOrder(books, undo, row);
  expect(findOrder(books, id)).toBe(NONE);
  const again = takeOrder(books, undo, plain);
  expect(again).toBe(row);
  expect(findOrder(books, id)).toBe(NONE);
  expect(books.orders.columns.id[again]!).toBeGreaterThan(id);
});

test('numbers that are no id find nothing', () => {
  const books = store();
  takeOrder(books, undo, plain);
  for (const id of [0, -1, -4, 3, 0.5, 4.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(findOrder(books, id)).toBe(NONE);
  }
});

test('an order that never rests has an id of its own that finds no row', () => {
  const books = store();
  const ids = [mintOrderId(books, undo)];
  for (let index = 0; index < 4; index++) {
    const row = takeOrder(books, undo, plain);
    ids.push(books.orders.columns.id[row]!, mintOrderId(books, undo));
  }
  expect([...ids].sort((a, b) => a - b)).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(findOrder(books, ids[0]!)).toBe(NONE);
  expect(findOrder(books, ids.at(-1)!)).toBe(NONE);
});

test('a row that is taken again has none of the last extras', () => {
  const books = store();
  const { columns } = books.orders;
  const row = takeOrder(books, undo, { ...plain, expiresAtMs: 5, triggerTicks: 6, clientId2: -7 });
  expect([columns.expiresAtMs[row], columns.triggerTicks[row], columns.clientId2[row]]).toEqual([5, 6, -7]);
  freeOrder(books, undo, row);
  expect(takeOrder(books, undo, plain)).toBe(row);
  expect([columns.expiresAtMs[row], columns.triggerTicks[row], columns.clientId2[row]]).toEqual([0, 0, 0]);
});

test('a full table has no room, and an order that rests is not given back', () => {
  const books = store(1);
  expect(hasRoomToRest(books)).toBe(true);
  const row = takeOrder(books, undo, plain);
  expect(hasRoomToRest(books)).toBe(false);
  restOrder(books, undo, 0, row, 100);
  expect(() => freeOrder(books, undo, row)).toThrow(AssertionError);
});
