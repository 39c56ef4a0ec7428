import { bookOfLadder, ladderOfOrder } from '../book/ladder.ts';
import type { State } from '../state.ts';

/** Every instrument has two books, opened when it is listed: its orders, and the stops and takes that wait. */
export function orderBookOf(instrument: number): number {
  return instrument * 2;
}

export function triggerBookOf(instrument: number): number {
  return instrument * 2 + 1;
}

export function instrumentOfBook(book: number): number {
  return book >> 1;
}

/** Whether an order waits for its trigger instead of resting in the order book. */
export function isParked(state: State, row: number): boolean {
  return (bookOfLadder(ladderOfOrder(state.book, row)) & 1) === 1;
}

export function instrumentOfOrder(state: State, row: number): number {
  return instrumentOfBook(bookOfLadder(ladderOfOrder(state.book, row)));
}
