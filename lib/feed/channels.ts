import type { AccountDeltaMessage, MarketDeltaMessage, ServerMessage } from '../../engine/protocol/stream.ts';
import { applyLevels, type Book, bookOf } from './book.ts';
import { type Gathered, gatherTrades } from './gather.ts';
import type { Channel } from './messages.ts';

interface ChannelState {
  channel: Channel;
  /** Sequence of the last message on it; undefined before a snapshot. */
  seq: number | undefined;
  /** Snapshots asked for because of gaps, none of which came yet. */
  resyncs: number;
}

/**
 * What is subscribed and where each stream stands. Resumes each channel at its last sequence and never
 * applies a delta that does not follow the message before it.
 */
export class Channels {
  private readonly states = new Map<string, ChannelState>();
  private readonly books = new Map<number, Book>();
  private readonly gathered: Gathered;
  private readonly send: (message: object) => void;

  /** @param send drops the message while the socket is not open: `resubscribe` follows */
  constructor(gathered: Gathered, send: (message: object) => void) {
    this.gathered = gathered;
    this.send = send;
  }

  watch(channel: Channel): void {
    if (this.states.has(keyOf(channel))) return;
    const state: ChannelState = { channel, seq: undefined, resyncs: 0 };
    this.states.set(keyOf(channel), state);
    this.subscribe(state);
  }

  unwatch(channel: Channel): void {
    if (!this.states.delete(keyOf(channel))) return;
    if (channel.kind === 'market') this.books.delete(channel.key);
    this.send({ op: 'unsubscribe', channel: channel.kind, key: channel.key });
  }

  /** After the socket opened: each channel says the last sequence it has. */
  resubscribe(): void {
    for (const state of this.states.values()) this.subscribe(state);
  }

  marketSnapshot(message: Extract<ServerMessage, { type: 'marketSnapshot' }>, nowMs: number): void {
    const { market } = message;
    const state = this.states.get(keyOf({ kind: 'market', key: market.instrument }));
    if (state === undefined) return;
    state.seq = market.seq;
    state.resyncs = 0;
    const book = bookOf(market);
    this.books.set(market.instrument, book);
    this.gathered.books.set(market.instrument, { book, receivedMs: nowMs, resyncs: 0 });
    gatherTrades(this.gathered, market.instrument, market.trades, true);
    if (market.mark !== null) this.gathered.marks.set(market.instrument, market.mark);
    this.gathered.stats.set(market.instrument, market.stats);
  }

  marketDelta(delta: MarketDeltaMessage, nowMs: number): void {
    const state = this.states.get(keyOf({ kind: 'market', key: delta.instrument }));
    const book = this.books.get(delta.instrument);
    if (state === undefined || book === undefined || !this.follows(state, delta, nowMs)) return;
    state.seq = delta.seq;
    applyLevels(book, delta);
    this.gathered.books.set(delta.instrument, { book, receivedMs: nowMs, resyncs: 0 });
    if (delta.trades.length > 0) gatherTrades(this.gathered, delta.instrument, delta.trades, false);
    if (delta.mark !== undefined) this.gathered.marks.set(delta.instrument, delta.mark);
    if (delta.stats !== undefined) this.gathered.stats.set(delta.instrument, delta.stats);
  }

  accountSnapshot(message: Extract<ServerMessage, { type: 'accountSnapshot' }>): void {
    const state = this.states.get(keyOf({ kind: 'account', key: message.account.account }));
    if (state === undefined) return;
    state.seq = message.account.seq;
    state.resyncs = 0;
    this.gathered.accounts.push(message);
  }

  accountDelta(delta: AccountDeltaMessage, nowMs: number): void {
    const state = this.states.get(keyOf({ kind: 'account', key: delta.account }));
    if (state === undefined || !this.follows(state, delta, nowMs)) return;
    state.seq = delta.seq;
    this.gathered.accounts.push(delta);
  }

  private subscribe({ channel, seq }: ChannelState): void {
    const resume = seq === undefined ? {} : { resumeSeq: seq };
    if (channel.kind === 'market') {
      this.send({ op: 'subscribe', channel: 'market', instrument: channel.key, ...resume });
    } else if (channel.kind === 'account') {
      this.send({ op: 'subscribe', channel: 'account', account: channel.key, ...resume });
    } else {
      this.send({ op: 'subscribe', channel: 'markets' });
    }
  }

  /** A gap is never bridged by guessing: a fresh snapshot is asked for and deltas wait for it. */
  private follows(state: ChannelState, delta: { prevSeq: number; seq: number }, nowMs: number): boolean {
    if (state.seq === undefined) return false;
    if (delta.prevSeq === state.seq) return true;
    // What was sent before the snapshot is in it already.
    if (delta.seq > state.seq) this.resync(state, nowMs);
    return false;
  }

  private resync(state: ChannelState, nowMs: number): void {
    state.resyncs++;
    state.seq = undefined;
    const { kind, key } = state.channel;
    const book = this.books.get(key);
    if (kind === 'market' && book !== undefined) {
      this.gathered.books.set(key, { book, receivedMs: nowMs, resyncs: state.resyncs });
    }
    this.send({ op: 'unsubscribe', channel: kind, key });
    this.subscribe(state);
  }
}

function keyOf({ kind, key }: Channel): string {
  return `${kind}/${key}`;
}
