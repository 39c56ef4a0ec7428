import type { LevelView } from '../../engine/protocol/views/market.ts';
import type { Book } from './book.ts';
import { topOf } from './book.ts';
import type { BookFrame } from './bookFrame.ts';

/**
 * A book on its way from worker to page: one array of numbers instead of four hundred small ones, because copying those
 * costs the page more than drawing them.
 */
export interface PackedBook {
  instrument: number;
  seq: number;
  bidCount: number;
  /** Ticks, lots and orders of each level, bids first, each side best first. */
  lanes: Float64Array;
}

const LANES = 3;

export function packed(instrument: number, book: Book): PackedBook {
  const bids = topOf(book.bids);
  const asks = topOf(book.asks);
  const lanes = new Float64Array((bids.length + asks.length) * LANES);
  write(bids, lanes, 0);
  write(asks, lanes, bids.length * LANES);
  return { instrument, seq: book.seq, bidCount: bids.length, lanes };
}

function write(levels: readonly LevelView[], lanes: Float64Array, from: number): void {
  let at = from;
  for (const [ticks, lots, orders] of levels) {
    lanes[at++] = ticks;
    lanes[at++] = lots;
    lanes[at++] = orders;
  }
}

/** Its levels are made when they are first asked for: of several books in one frame of the screen only the last is. */
export function unpacked({ instrument, seq, bidCount, lanes }: PackedBook): BookFrame {
  let bids: LevelView[] | undefined;
  let asks: LevelView[] | undefined;
  return {
    instrument,
    seq,
    get bids() {
      bids ??= levelsOf(lanes, 0, bidCount);
      return bids;
    },
    get asks() {
      asks ??= levelsOf(lanes, bidCount, lanes.length / LANES);
      return asks;
    },
  };
}

function levelsOf(lanes: Float64Array, from: number, to: number): LevelView[] {
  const levels: LevelView[] = [];
  for (let at = from * LANES; at < to * LANES; at += LANES) {
    levels.push([lanes[at]!, lanes[at + 1]!, lanes[at + 2]!]);
  }
  return levels;
}
