import type { AccountDeltaMessage, AccountSnapshotMessage } from '../../engine/protocol/stream.ts';
import type { MarketStatsView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';
import { type Book, topOf } from './book.ts';
import type { BookFrame, FeedFrame, Pulse } from './messages.ts';

/** What came since the last frame. Marks, stats and books replace; prints and account messages queue. */
export interface Gathered {
  books: Map<number, { book: Book; receivedMs: number; resyncs: number }>;
  trades: Map<number, { isSnapshot: boolean; trades: TradeView[] }>;
  marks: Map<number, MarkView>;
  stats: Map<number, MarketStatsView>;
  accounts: (AccountSnapshotMessage | AccountDeltaMessage)[];
}

export function createGathered(): Gathered {
  return { books: new Map(), trades: new Map(), marks: new Map(), stats: new Map(), accounts: [] };
}

export function gatherTrades(
  into: Gathered,
  instrument: number,
  trades: TradeView[],
  isSnapshot: boolean,
): void {
  const before = into.trades.get(instrument);
  if (isSnapshot || before === undefined) into.trades.set(instrument, { isSnapshot, trades: [...trades] });
  else before.trades.push(...trades);
}

/** The frame, and nothing left behind. */
export function takeFrame(from: Gathered, pulse: Pulse): FeedFrame {
  const frame: FeedFrame = {
    books: [...from.books].map(([instrument, entry]) => bookFrame(instrument, entry)),
    trades: [...from.trades].map(([instrument, prints]) => ({ instrument, ...prints })),
    marks: [...from.marks.values()],
    stats: [...from.stats.values()],
    accounts: from.accounts,
    pulse,
  };
  from.books.clear();
  from.trades.clear();
  from.marks.clear();
  from.stats.clear();
  from.accounts = [];
  return frame;
}

function bookFrame(
  instrument: number,
  { book, receivedMs, resyncs }: { book: Book; receivedMs: number; resyncs: number },
): BookFrame {
  return { instrument, bids: topOf(book.bids), asks: topOf(book.asks), seq: book.seq, receivedMs, resyncs };
}
