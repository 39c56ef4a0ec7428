import type { AccountDeltaMessage, MarketDeltaMessage, ServerMessage } from '../../engine/protocol/stream.ts';
import { unreachable } from '../../engine/units/assert.ts';
import { backoffMs } from './backoff.ts';
import { applyLevels, type Book, bookOf } from './book.ts';
import { createGathered, type Gathered, gatherTrades, takeFrame } from './gather.ts';
import type { Channel, FromFeed, Link, Pulse, RequestMessage, ToFeed } from './messages.ts';

/** Changes are shown together at most this often. */
const CONFLATE_MS = 16;
const PING_MS = 1_000;
/** Ids of our own messages start here; the page's requests count from 1. */
const OWN_ID_FIRST = 1_000_000_000;

/** Clock, timers, socket and the way to the page: handed in, so that a test owns them. */
export interface FeedPorts {
  nowMs(): number;
  after(delayMs: number, run: () => void): void;
  every(intervalMs: number, run: () => void): void;
  random(): number;
  connect(url: string, on: SocketEvents): FeedSocket;
  post(message: FromFeed): void;
}

export interface SocketEvents {
  open(): void;
  message(text: string): void;
  close(): void;
}

export interface FeedSocket {
  send(text: string): void;
  close(): void;
}

interface ChannelState {
  channel: Channel;
  /** Sequence of the last message on it; undefined before a snapshot. */
  seq: number | undefined;
  /** Snapshots asked for because of gaps, none of which came yet. */
  resyncs: number;
}

/**
 * The browser's end of the stream: one socket, any number of channels. Reconnects by itself, resumes
 * each channel at its last sequence, and never applies a delta that does not follow.
 */
export class Feed {
  private readonly ports: FeedPorts;
  private readonly channels = new Map<string, ChannelState>();
  private readonly books = new Map<number, Book>();
  private readonly gathered: Gathered = createGathered();
  private readonly asked = new Set<number>();
  private readonly pings = new Map<number, number>();
  private socket: FeedSocket | undefined;
  private url = '';
  private isOpen = false;
  private attempt = 0;
  private generation = 0;
  private nextId = OWN_ID_FIRST;
  private isFrameDue = false;
  private pulse: Pulse = { seq: 0, timeMs: 0, sentMs: 0, receivedMs: 0, rttMs: undefined };

  constructor(ports: FeedPorts) {
    this.ports = ports;
    ports.every(PING_MS, () => this.ping());
  }

  receive(message: ToFeed): void {
    switch (message.op) {
      case 'open':
        return this.open(message.url);
      case 'close':
        return this.stop();
      case 'watch':
        return this.watch(message.channel);
      case 'unwatch':
        return this.unwatch(message.channel);
      case 'request':
        return this.request(message.message);
      default:
        return unreachable(message);
    }
  }

  /** Opens, or opens anew: a sign-in or sign-out changes who the socket speaks for. */
  private open(url: string): void {
    this.stop();
    this.url = url;
    this.attempt = 0;
    this.connect();
  }

  private stop(): void {
    this.generation++;
    this.isOpen = false;
    this.socket?.close();
    this.socket = undefined;
    this.loseRequests();
    this.link({ state: 'closed' });
  }

  private connect(): void {
    const generation = ++this.generation;
    const isCurrent = () => generation === this.generation;
    this.attempt++;
    this.link({ state: 'connecting', attempt: this.attempt });
    this.socket = this.ports.connect(this.url, {
      open: () => isCurrent() && this.opened(),
      message: (text) => isCurrent() && this.handle(JSON.parse(text) as ServerMessage),
      close: () => isCurrent() && this.closed(),
    });
  }

  private opened(): void {
    this.isOpen = true;
    this.pings.clear();
    for (const state of this.channels.values()) this.subscribe(state);
  }

  private closed(): void {
    this.isOpen = false;
    this.socket = undefined;
    this.loseRequests();
    const delayMs = backoffMs(Math.max(1, this.attempt), this.ports.random());
    this.link({ state: 'waiting', attempt: this.attempt, retryAtMs: this.ports.nowMs() + delayMs });
    const generation = this.generation;
    this.ports.after(delayMs, () => generation === this.generation && this.connect());
  }

  /** Whoever waits for an answer must hear that this socket will not bring it. */
  private loseRequests(): void {
    if (this.asked.size === 0) return;
    this.ports.post({ type: 'lost', ids: [...this.asked] });
    this.asked.clear();
  }

  private watch(channel: Channel): void {
    const key = keyOf(channel);
    if (this.channels.has(key)) return;
    const state: ChannelState = { channel, seq: undefined, resyncs: 0 };
    this.channels.set(key, state);
    if (this.isOpen) this.subscribe(state);
  }

  private unwatch(channel: Channel): void {
    if (!this.channels.delete(keyOf(channel))) return;
    if (channel.kind === 'market') this.books.delete(channel.key);
    if (this.isOpen) this.send({ op: 'unsubscribe', channel: channel.kind, key: channel.key });
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

  private request(message: RequestMessage): void {
    if (!this.isOpen) return this.ports.post({ type: 'lost', ids: [message.id] });
    this.asked.add(message.id);
    this.socket?.send(JSON.stringify(message));
  }

  private ping(): void {
    if (!this.isOpen) return;
    this.pings.set(this.nextId, this.ports.nowMs());
    this.send({ op: 'ping' });
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify({ id: this.nextId++, ...message }));
  }

  private handle(message: ServerMessage): void {
    const nowMs = this.ports.nowMs();
    switch (message.type) {
      case 'hello':
        this.attempt = 0;
        this.alive(message.seq, message.timeMs, nowMs);
        return this.link({ state: 'open', build: message.build, isPaused: message.isPaused });
      case 'heartbeat':
        return this.alive(message.seq, message.timeMs, message.sentMs);
      case 'pong':
        return this.ponged(message.id, nowMs);
      case 'marketSnapshot':
        return this.marketSnapshot(message.market, nowMs);
      case 'marketDelta':
        return this.marketDelta(message, nowMs);
      case 'markets':
        for (const mark of message.marks) this.gathered.marks.set(mark.instrument, mark);
        for (const stat of message.stats) this.gathered.stats.set(stat.instrument, stat);
        return this.frameSoon();
      case 'accountSnapshot':
        return this.accountSnapshot(message);
      case 'accountDelta':
        return this.accountDelta(message);
      case 'answer':
      case 'preview':
      case 'error':
        if (this.asked.delete(message.id))
          this.ports.post({ type: 'reply', reply: message, receivedMs: nowMs });
        return;
      case 'ok':
        return;
      default:
        return unreachable(message);
    }
  }

  private alive(seq: number, timeMs: number, sentMs: number): void {
    const receivedMs = this.ports.nowMs();
    const { rttMs } = this.pulse;
    this.pulse = {
      seq: Math.max(seq, this.pulse.seq),
      timeMs: Math.max(timeMs, this.pulse.timeMs),
      sentMs,
      receivedMs,
      rttMs,
    };
    this.frameSoon();
  }

  private ponged(id: number, nowMs: number): void {
    const sentMs = this.pings.get(id);
    this.pings.delete(id);
    if (sentMs !== undefined) this.pulse = { ...this.pulse, rttMs: nowMs - sentMs };
  }

  private marketSnapshot(
    market: Extract<ServerMessage, { type: 'marketSnapshot' }>['market'],
    nowMs: number,
  ): void {
    const state = this.channels.get(keyOf({ kind: 'market', key: market.instrument }));
    if (state === undefined) return;
    state.seq = market.seq;
    state.resyncs = 0;
    const book = bookOf(market, this.pulse.timeMs);
    this.books.set(market.instrument, book);
    this.gathered.books.set(market.instrument, { book, receivedMs: nowMs, resyncs: 0 });
    gatherTrades(this.gathered, market.instrument, market.trades, true);
    if (market.mark !== null) this.gathered.marks.set(market.instrument, market.mark);
    this.gathered.stats.set(market.instrument, market.stats);
    this.frameSoon();
  }

  private marketDelta(delta: MarketDeltaMessage, nowMs: number): void {
    const state = this.channels.get(keyOf({ kind: 'market', key: delta.instrument }));
    const book = this.books.get(delta.instrument);
    if (state === undefined || book === undefined || !this.follows(state, delta)) return;
    state.seq = delta.seq;
    applyLevels(book, delta);
    this.gathered.books.set(delta.instrument, { book, receivedMs: nowMs, resyncs: 0 });
    if (delta.trades.length > 0) gatherTrades(this.gathered, delta.instrument, delta.trades, false);
    if (delta.mark !== undefined) this.gathered.marks.set(delta.instrument, delta.mark);
    if (delta.stats !== undefined) this.gathered.stats.set(delta.instrument, delta.stats);
    this.alive(delta.seq, delta.timeMs, delta.sentMs);
  }

  private accountSnapshot(message: Extract<ServerMessage, { type: 'accountSnapshot' }>): void {
    const state = this.channels.get(keyOf({ kind: 'account', key: message.account.account }));
    if (state === undefined) return;
    state.seq = message.account.seq;
    state.resyncs = 0;
    this.gathered.accounts.push(message);
    this.frameSoon();
  }

  private accountDelta(delta: AccountDeltaMessage): void {
    const state = this.channels.get(keyOf({ kind: 'account', key: delta.account }));
    if (state === undefined || !this.follows(state, delta)) return;
    state.seq = delta.seq;
    this.gathered.accounts.push(delta);
    this.frameSoon();
  }

  /** A gap is never bridged by guessing: a fresh snapshot is asked for and deltas wait for it. */
  private follows(state: ChannelState, delta: { prevSeq: number; seq: number }): boolean {
    if (state.seq === undefined) return false;
    if (delta.prevSeq === state.seq) return true;
    // What was sent before the snapshot is in it already.
    if (delta.seq > state.seq) this.resync(state);
    return false;
  }

  private resync(state: ChannelState): void {
    state.resyncs++;
    state.seq = undefined;
    const { kind, key } = state.channel;
    const book = this.books.get(key);
    if (kind === 'market' && book !== undefined) {
      this.gathered.books.set(key, { book, receivedMs: this.ports.nowMs(), resyncs: state.resyncs });
      this.frameSoon();
    }
    this.send({ op: 'unsubscribe', channel: kind, key });
    this.subscribe(state);
  }

  private frameSoon(): void {
    if (this.isFrameDue) return;
    this.isFrameDue = true;
    this.ports.after(CONFLATE_MS, () => {
      this.isFrameDue = false;
      this.ports.post({ type: 'frame', frame: takeFrame(this.gathered, this.pulse) });
    });
  }

  private link(link: Link): void {
    this.ports.post({ type: 'link', link });
  }
}

function keyOf({ kind, key }: Channel): string {
  return `${kind}/${key}`;
}
