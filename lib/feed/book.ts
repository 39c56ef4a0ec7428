import type { MarketDeltaMessage } from '../../engine/protocol/stream.ts';
import type { LevelView, MarketSnapshotView } from '../../engine/protocol/views/market.ts';

/** Levels a frame carries to the page: more than any ladder or depth chart draws. */
const LEVELS_SHOWN = 200;

/** A book kept level by level. Sides are sorted best first and hold no empty level. */
export interface Book {
  bids: LevelView[];
  asks: LevelView[];
  seq: number;
}

export function bookOf(snapshot: MarketSnapshotView): Book {
  return { bids: snapshot.bids, asks: snapshot.asks, seq: snapshot.seq };
}

/** Puts a delta's levels in place. The caller has checked that it follows. */
export function applyLevels(book: Book, delta: MarketDeltaMessage): void {
  for (const [side, ticks, lots, orders] of delta.levels) {
    const levels = side === 0 ? book.bids : book.asks;
    const at = placeOf(levels, ticks, side === 0 ? -1 : 1);
    const isThere = levels[at]?.[0] === ticks;
    if (lots === 0) {
      if (isThere) levels.splice(at, 1);
      continue;
    }
    levels.splice(at, isThere ? 1 : 0, [ticks, lots, orders]);
  }
  book.seq = delta.seq;
}

/** First place whose price is not better than `ticks`. Changes cluster at the best, so a scan from there is short. */
function placeOf(levels: readonly LevelView[], ticks: number, direction: 1 | -1): number {
  let at = 0;
  while (at < levels.length && (levels[at]![0] - ticks) * direction < 0) at++;
  return at;
}

export function topOf(levels: readonly LevelView[]): LevelView[] {
  return levels.slice(0, LEVELS_SHOWN);
}
