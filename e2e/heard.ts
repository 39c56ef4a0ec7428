import type { Page } from '@playwright/test';
import type { ServerMessage } from '../engine/protocol/stream.ts';
import type { TradeView } from '../engine/protocol/views/market.ts';
import { PlainBook } from './plainBook.ts';

/** Every message the page gets on the desk's stream, as it comes. Called before the page opens. */
export function hear(page: Page): readonly ServerMessage[] {
  const heard: ServerMessage[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => heard.push(JSON.parse(String(payload)) as ServerMessage)),
  );
  return heard;
}

/** The latest sequence that a market's message or a heartbeat named. */
export function lastSeqOf(heard: readonly ServerMessage[]): number {
  return heard.reduce((last, message) => {
    const isPulse =
      message.type === 'marketDelta' || message.type === 'heartbeat' || message.type === 'hello';
    return isPulse ? Math.max(last, message.seq) : last;
  }, 0);
}

export interface HeardMarket {
  /** The book after the last message. */
  readonly book: PlainBook;
  /** Each touch that new levels alone brought: after a trade the book is nobody's plan but what was left. */
  readonly quoted: ReadonlySet<string>;
  /** Newest first. */
  readonly trades: readonly TradeView[];
}

/** One market as the messages tell it. */
export function heardOf(heard: readonly ServerMessage[], instrument: number): HeardMarket {
  let book = new PlainBook();
  const quoted = new Set<string>();
  const trades = new Map<number, TradeView>();
  for (const message of heard) {
    if (message.type === 'marketSnapshot' && message.market.instrument === instrument) {
      book = new PlainBook();
      for (const [ticks, lots] of message.market.bids) book.set('bids', ticks, lots);
      for (const [ticks, lots] of message.market.asks) book.set('asks', ticks, lots);
      for (const trade of message.market.trades) trades.set(trade.tradeId, trade);
    } else if (message.type === 'marketDelta' && message.instrument === instrument) {
      for (const [side, ticks, lots] of message.levels) book.set(side === 0 ? 'bids' : 'asks', ticks, lots);
      for (const trade of message.trades) trades.set(trade.tradeId, trade);
      const touch = book.touch();
      const isQuoted = message.levels.length > 0 && message.trades.length === 0;
      if (isQuoted && touch !== undefined) quoted.add(touch);
    }
  }
  return { book, quoted, trades: [...trades.values()].sort((a, b) => b.tradeId - a.tradeId) };
}
