import type { AccountDeltaMessage, AccountSnapshotMessage } from '../../engine/protocol/stream.ts';
import type { MarketStatsView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';
import type { Book } from './book.ts';
import type { ChannelStatus, FeedFrame, Pulse } from './messages.ts';
import { packed } from './packedBook.ts';

/** What came since the last frame. Marks, stats and books replace; prints and account messages queue. */
export interface Gathered {
  books: Map<number, Book>;
  trades: Map<number, { isSnapshot: boolean; trades: TradeView[] }>;
  marks: Map<number, MarkView>;
  stats: Map<number, MarketStatsView>;
  accounts: (AccountSnapshotMessage | AccountDeltaMessage)[];
  channels: Map<string, ChannelStatus>;
  /** When the desk sent the first of the books' changes in here; undefined when there is none. */
  oldestSentMs: number | undefined;
}

export function createGathered(): Gathered {
  return {
    books: new Map(),
    trades: new Map(),
    marks: new Map(),
    stats: new Map(),
    accounts: [],
    channels: new Map(),
    oldestSentMs: undefined,
  };
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
    books: [...from.books].map(([instrument, book]) => packed(instrument, book)),
    trades: [...from.trades].map(([instrument, prints]) => ({ instrument, ...prints })),
    marks: [...from.marks.values()],
    stats: [...from.stats.values()],
    accounts: from.accounts,
    channels: [...from.channels.values()],
    oldestSentMs: from.oldestSentMs,
    pulse,
  };
  from.books.clear();
  from.trades.clear();
  from.marks.clear();
  from.stats.clear();
  from.accounts = [];
  from.channels.clear();
  from.oldestSentMs = undefined;
  return frame;
}
