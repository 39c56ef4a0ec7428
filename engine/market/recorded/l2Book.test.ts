import { expect, test } from 'vitest';
import type { BookDiff, BookSnapshot, GridLevel } from './captureMessage.ts';
import { L2Book } from './l2Book.ts';

function open() {
  const reports: [line: number, code: string][] = [];
  const book = new L2Book((line, code) => reports.push([line, code]));
  const best = () => [book.bids.best(), book.bids.lotsAt(0), book.asks.best(), book.asks.lotsAt(0)];
  return { book, reports, best };
}

function snapshot(lastId: number, bids: GridLevel[], asks: GridLevel[], line = 1): BookSnapshot {
  return { kind: 'snapshot', line, receivedMs: 0, lastId, bids, asks };
}

function futures(
  line: number,
  previousId: number,
  lastId: number,
  bids: GridLevel[],
  asks: GridLevel[] = [],
): BookDiff {
  return { kind: 'diff', line, receivedMs: 0, firstId: previousId + 1, lastId, previousId, bids, asks };
}

function spot(line: number, firstId: number, lastId: number, bids: GridLevel[]): BookDiff {
  return { kind: 'diff', line, receivedMs: 0, firstId, lastId, previousId: undefined, bids, asks: [] };
}

const BIDS: GridLevel[] = [
  [100, 5],
  [99, 7],
];
const ASKS: GridLevel[] = [
  [101, 4],
  [103, 6],
];

test('diffs before the snapshot wait for it, and those it holds already are dropped', () => {
  const { book, reports, best } = open();
  book.onDiff(futures(1, 40, 45, [[98, 1]]));
  book.onDiff(futures(2, 45, 55, [[100, 9]]));
  expect(book.isSynced).toBe(false);
  book.onSnapshot(snapshot(50, BIDS, ASKS));
  expect(best()).toEqual([100, 9, 101, 4]);
  expect(book.bids.lotsOf(98)).toBe(0);
  expect(reports).toEqual([]);
});

test('a futures diff follows when it names the last one, a spot diff when its numbers do', () => {
  const { book, reports, best } = open();
  book.onSnapshot(snapshot(50, BIDS, ASKS));
  book.onDiff({ ...futures(2, 48, 52, [[100, 0]]), firstId: 49 });
  book.onDiff(futures(3, 52, 60, [[99, 8]]));
  expect(best()).toEqual([99, 8, 101, 4]);

  const other = open();
  other.book.onSnapshot(snapshot(50, BIDS, ASKS));
  other.book.onDiff(spot(2, 49, 51, [[100, 2]]));
  other.book.onDiff(spot(3, 52, 52, [[100, 3]]));
  expect(other.best()).toEqual([100, 3, 101, 4]);
  expect([...reports, ...other.reports]).toEqual([]);
});

test('a diff that comes before the one it follows waits for its place', () => {
  const { book, reports, best } = open();
  book.onSnapshot(snapshot(50, BIDS, ASKS));
  book.onDiff(futures(2, 50, 51, [[100, 6]]));
  book.onDiff(futures(3, 52, 53, [[100, 8]]));
  expect(best()[1]).toBe(6);
  book.onDiff(futures(4, 51, 52, [[100, 7]]));
  expect(best()[1]).toBe(8);
  book.onDiff(futures(5, 51, 52, [[100, 7]]));
  expect(best()[1]).toBe(8);
  expect(reports).toEqual([
    [3, 'market.fileReordered'],
    [5, 'market.fileReordered'],
  ]);
});

test('after a gap the book is empty until the next snapshot', () => {
  const { book, reports, best } = open();
  book.onSnapshot(snapshot(50, BIDS, ASKS));
  book.onDiff(futures(2, 50, 51, []));
  for (let k = 0; k < 17; k++) book.onDiff(futures(3 + k, 60 + k, 61 + k, [[100, k]]));
  expect(reports).toEqual([[3, 'market.fileGap']]);
  expect(book.isSynced).toBe(false);
  expect(best()).toEqual([undefined, 0, undefined, 0]);
  book.onSnapshot(snapshot(80, BIDS, ASKS, 30));
  expect(best()).toEqual([100, 5, 101, 4]);
});

test('where a book would be crossed the newer message stands', () => {
  const { book, reports, best } = open();
  book.onSnapshot(snapshot(50, BIDS, ASKS));
  book.onDiff(futures(2, 50, 51, [[102, 9]]));
  expect(best()).toEqual([102, 9, 103, 6]);
  book.onDiff(futures(3, 51, 52, [], [[100, 2]]));
  expect(best()).toEqual([99, 7, 100, 2]);
  expect(reports).toEqual([
    [2, 'market.bookCrossed'],
    [3, 'market.bookCrossed'],
  ]);
});

test('a crossed snapshot is left out', () => {
  const { book, reports } = open();
  book.onSnapshot(snapshot(50, [[101, 1]], [[101, 1]], 7));
  expect(book.isSynced).toBe(false);
  expect(reports).toEqual([[7, 'market.bookCrossed']]);
});
