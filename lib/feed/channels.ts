import type { AccountDeltaMessage, MarketDeltaMessage, ServerMessage } from '../../engine/protocol/stream.ts';
import { applyLevels, type Book, bookOf } from './book.ts';
import { type Gathered, gatherTrades } from './gather.ts';
import type { Channel, Recovery } from './messages.ts';

/**
 * A snapshot asked for and not here after this long was lost, whatever else the desk says: it is asked for again at the
 * next beat, a second later at most. A desk that has sent it says so in its next heartbeat, and it is asked for then.
 */
const SNAPSHOT_WITHIN_MS = 2_000;

interface ChannelState {
  channel: Channel;
  /** Sequence of the last message on it; undefined before a snapshot. */
  seq: number | undefined;
  /** Whether that is all there is, and since when it is so. */
  isCurrent: boolean;
  sinceMs: number;
  /** When it was last asked for. */
  askedMs: number;
  /** Id of the subscription, until the desk took it. */
  askedId: number | undefined;
  /** Everything up to here is promised: current once it came. */
  promisedSeq: number | undefined;
  /** Snapshots asked for because of gaps, none of which came yet. */
  resyncs: number;
  /** What the page knows of them. */
  toldResyncs: number;
  /** How it came back from the last break. */
  recovered: 'no' | 'resumed' | 'resynced' | 'refused';
}

export interface ChannelPorts {
  nowMs(): number;
  /** @returns its id; undefined while the socket is not open: `resubscribe` follows */
  send(message: object): number | undefined;
}

/**
 * What is subscribed and where each stream stands. Resumes each channel at its last sequence and never
 * applies a delta that does not follow the message before it.
 */
export class Channels {
  readonly #states = new Map<string, ChannelState>();
  readonly #books = new Map<number, Book>();
  readonly #gathered: Gathered;
  readonly #ports: ChannelPorts;

  constructor(gathered: Gathered, ports: ChannelPorts) {
    this.#gathered = gathered;
    this.#ports = ports;
  }

  watch(channel: Channel): void {
    if (this.#states.has(keyOf(channel))) return;
    const state: ChannelState = {
      channel,
      seq: undefined,
      isCurrent: false,
      sinceMs: this.#ports.nowMs(),
      askedMs: 0,
      askedId: undefined,
      promisedSeq: undefined,
      resyncs: 0,
      toldResyncs: 0,
      recovered: 'no',
    };
    this.#states.set(keyOf(channel), state);
    this.#subscribe(state);
  }

  unwatch(channel: Channel): void {
    if (!this.#states.delete(keyOf(channel))) return;
    if (channel.kind === 'market') this.#books.delete(channel.key);
    this.#ports.send({ op: 'unsubscribe', channel: channel.kind, key: channel.key });
  }

  /**
   * The socket closed: everything is held where it was.
   *
   * @param sinceMs when the desk was last heard
   */
  broke(sinceMs: number): void {
    for (const state of this.#states.values()) {
      state.recovered = 'no';
      this.#stands(state, false, sinceMs);
    }
  }

  /** After the socket opened: each channel says the last sequence it has. */
  resubscribe(): void {
    for (const state of this.#states.values()) this.#subscribe(state);
  }

  /** The desk took a subscription; a market's says up to where it has told us before. */
  taken(id: number, seq: number | undefined): void {
    for (const state of this.#states.values()) {
      if (state.askedId !== id) continue;
      state.askedId = undefined;
      if (state.channel.kind === 'markets') this.#came(state, 'resumed');
      else if (seq !== undefined) this.#promise(state, seq);
    }
  }

  /** The desk refused a subscription, and would again: another socket may ask anew. */
  refused(id: number): void {
    for (const state of this.#states.values()) {
      if (state.askedId !== id) continue;
      state.askedId = undefined;
      state.askedMs = Number.POSITIVE_INFINITY;
      state.recovered = 'refused';
    }
  }

  /** What the desk says it has told us: less than that here is a gap, also on a channel that is quiet now. */
  told(channel: Channel, seq: number): void {
    const state = this.#states.get(keyOf(channel));
    if (state === undefined || state.askedId !== undefined) return;
    // It took the subscription and has told us something on it: whatever began it came before this, or never will.
    if (state.seq === undefined || state.seq < seq) this.#resync(state);
    else if (!state.isCurrent) this.#came(state, 'resumed');
  }

  /** Asks again for what was asked for and never came. */
  askAgain(): void {
    for (const state of this.#states.values()) {
      const isLost = !state.isCurrent && this.#ports.nowMs() - state.askedMs > SNAPSHOT_WITHIN_MS;
      if (isLost) this.#resync(state);
    }
  }

  /** How the last break ended, once everything is current again; undefined until then. */
  recovery(): Pick<Recovery, 'resumed' | 'resynced'> | undefined {
    const states = [...this.#states.values()];
    if (states.some((state) => state.recovered === 'no')) return undefined;
    const those = (recovered: ChannelState['recovered']) =>
      states.filter((state) => state.recovered === recovered).map(({ channel }) => channel);
    return { resumed: those('resumed'), resynced: those('resynced') };
  }

  marketSnapshot(message: Extract<ServerMessage, { type: 'marketSnapshot' }>): void {
    const { market } = message;
    const state = this.#states.get(keyOf({ kind: 'market', key: market.instrument }));
    if (state === undefined || isOldNews(state, market.seq)) return;
    state.seq = market.seq;
    const book = bookOf(market);
    this.#books.set(market.instrument, book);
    this.#gathered.books.set(market.instrument, book);
    gatherTrades(this.#gathered, market.instrument, market.trades, true);
    if (market.mark !== null) this.#gathered.marks.set(market.instrument, market.mark);
    this.#gathered.stats.set(market.instrument, market.stats);
    this.#came(state, 'resynced');
  }

  marketDelta(delta: MarketDeltaMessage): void {
    const state = this.#states.get(keyOf({ kind: 'market', key: delta.instrument }));
    const book = this.#books.get(delta.instrument);
    if (state === undefined || book === undefined || !this.#follows(state, delta)) return;
    state.seq = delta.seq;
    applyLevels(book, delta);
    this.#gathered.books.set(delta.instrument, book);
    // What was missed in a break is late for another reason than the way to the screen.
    if (state.isCurrent) this.#gathered.oldestSentMs ??= delta.sentMs;
    if (delta.trades.length > 0) gatherTrades(this.#gathered, delta.instrument, delta.trades, false);
    if (delta.mark !== undefined) this.#gathered.marks.set(delta.instrument, delta.mark);
    if (delta.stats !== undefined) this.#gathered.stats.set(delta.instrument, delta.stats);
    if (!state.isCurrent && state.promisedSeq !== undefined) this.#promise(state, state.promisedSeq);
  }

  accountSnapshot(message: Extract<ServerMessage, { type: 'accountSnapshot' }>): void {
    const state = this.#states.get(keyOf({ kind: 'account', key: message.account.account }));
    if (state === undefined || isOldNews(state, message.account.seq)) return;
    state.seq = message.account.seq;
    this.#gathered.accounts.push(message);
    this.#came(state, 'resynced');
  }

  accountDelta(delta: AccountDeltaMessage): void {
    const state = this.#states.get(keyOf({ kind: 'account', key: delta.account }));
    if (state === undefined || !this.#follows(state, delta)) return;
    state.seq = delta.seq;
    this.#gathered.accounts.push(delta);
    // The desk tells all that was missed at once, in the first message.
    if (!state.isCurrent) this.#came(state, 'resumed');
  }

  #subscribe(state: ChannelState): void {
    const { channel, seq } = state;
    const resume = seq === undefined ? {} : { resumeSeq: seq };
    state.askedMs = this.#ports.nowMs();
    state.promisedSeq = undefined;
    if (channel.kind === 'market') {
      state.askedId = this.#ports.send({
        op: 'subscribe',
        channel: 'market',
        instrument: channel.key,
        ...resume,
      });
    } else if (channel.kind === 'account') {
      state.askedId = this.#ports.send({
        op: 'subscribe',
        channel: 'account',
        account: channel.key,
        ...resume,
      });
    } else {
      state.askedId = this.#ports.send({ op: 'subscribe', channel: 'markets' });
    }
  }

  /** A gap is never bridged by guessing: a fresh snapshot is asked for and deltas wait for it. */
  #follows(state: ChannelState, delta: { prevSeq: number; seq: number }): boolean {
    if (state.seq === undefined) return false;
    if (delta.prevSeq === state.seq) return true;
    // What was sent before the snapshot is in it already.
    if (delta.seq > state.seq) this.#resync(state);
    return false;
  }

  #resync(state: ChannelState): void {
    state.resyncs++;
    state.seq = undefined;
    const { kind, key } = state.channel;
    this.#stands(state, false);
    this.#ports.send({ op: 'unsubscribe', channel: kind, key });
    this.#subscribe(state);
  }

  /** Everything up to `seq` was sent before it was promised, or comes right behind. */
  #promise(state: ChannelState, seq: number): void {
    state.promisedSeq = seq;
    if (!state.isCurrent && state.seq !== undefined && state.seq >= seq) this.#came(state, 'resumed');
  }

  #came(state: ChannelState, how: 'resumed' | 'resynced'): void {
    state.askedId = undefined;
    state.promisedSeq = undefined;
    state.resyncs = 0;
    if (state.recovered === 'no') state.recovered = how;
    this.#stands(state, true);
  }

  #stands(state: ChannelState, isCurrent: boolean, sinceMs = this.#ports.nowMs()): void {
    if (state.isCurrent === isCurrent && state.resyncs === state.toldResyncs) return;
    // Held longer is held since the first break.
    if (state.isCurrent !== isCurrent) state.sinceMs = sinceMs;
    state.isCurrent = isCurrent;
    state.toldResyncs = state.resyncs;
    const { channel, resyncs } = state;
    this.#gathered.channels.set(keyOf(channel), { channel, isCurrent, sinceMs: state.sinceMs, resyncs });
  }
}

/** A snapshot that nobody waits for and that is behind what we have was overtaken on the way. */
function isOldNews(state: ChannelState, seq: number): boolean {
  return state.isCurrent && state.seq !== undefined && seq < state.seq;
}

export function keyOf({ kind, key }: Channel): string {
  return `${kind}/${key}`;
}
