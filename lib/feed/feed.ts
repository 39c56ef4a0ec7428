import type { ServerMessage } from '../../engine/protocol/stream.ts';
import { unreachable } from '../../engine/units/assert.ts';
import { Channels } from './channels.ts';
import { FramePace } from './framePace.ts';
import { createGathered, takeFrame } from './gather.ts';
import { Line, type LinePorts } from './line.ts';
import type { FromFeed, Link, ReplyMessage, RequestMessage, ToFeed } from './messages.ts';
import { PulseMeter } from './pulseMeter.ts';

const PING_MS = 1_000;
/** Close code of the desk: the session this socket spoke for has ended. */
const SESSION_ENDED = 4_401;
/** And: a trading key that was used on it was revoked. */
const KEY_REVOKED = 4_403;
/** Ids of our own messages start here; the page's requests count from 1. */
const OWN_ID_FIRST = 1_000_000_000;

/** Clock, timers, socket and the way to the page: handed in, so that a test owns them. */
export interface FeedPorts extends LinePorts {
  /** Wall time, as the page reads it for ages: a machine that slept has moved on. */
  nowMs(): number;
  /** Finer than wall time and never set back. */
  elapsedMs(): number;
  every(intervalMs: number, run: () => void): void;
  post(message: FromFeed): void;
  /** The way past what a browser holds back while hands are at work; in no order with what is posted. */
  postToHands(message: FromFeed): void;
}

/** The browser's end of the stream: what each message does, who waits for an answer, and how a break ends. */
export class Feed {
  readonly #ports: FeedPorts;
  readonly #gathered = createGathered();
  readonly #channels: Channels;
  readonly #line: Line;
  readonly #meter = new PulseMeter();
  readonly #pace: FramePace;
  /** Requests of the page that wait for their answer. */
  readonly #asked = new Set<number>();
  #nextId = OWN_ID_FIRST;
  /** When the desk was last heard before a break; undefined when there is nothing to recover from. */
  #brokeMs: number | undefined;

  constructor(ports: FeedPorts) {
    this.#ports = ports;
    this.#pace = new FramePace(ports, () => {
      ports.post({ type: 'frame', frame: takeFrame(this.#gathered, this.#meter.pulse) });
    });
    this.#channels = new Channels(this.#gathered, {
      nowMs: () => ports.nowMs(),
      send: (message) => this.#send(message),
    });
    this.#line = new Line(ports, {
      opened: () => this.#opened(),
      said: (text) => this.#handle(JSON.parse(text) as ServerMessage),
      broke: (code) => this.#broke(code),
      link: (link) => this.#link(link),
    });
    ports.every(PING_MS, () => this.#beat());
  }

  receive(message: ToFeed): void {
    switch (message.op) {
      case 'open':
        this.#line.open(message.url);
        // We closed the socket ourselves: that is no break to recover from.
        this.#brokeMs = undefined;
        break;
      case 'close':
        this.#line.stop();
        break;
      case 'watch':
        this.#channels.watch(message.channel);
        break;
      case 'unwatch':
        this.#channels.unwatch(message.channel);
        break;
      case 'request':
        this.#request(message.message);
        break;
      case 'drawn':
        this.#pace.drawn(message.restMs);
        break;
      case 'online':
        this.#line.retryNow();
        break;
      default:
        unreachable(message);
    }
  }

  #opened(): void {
    this.#meter.opened();
    this.#channels.resubscribe();
  }

  /** What is shown is kept, and said to be old. */
  #broke(code: number | undefined): void {
    if (code === SESSION_ENDED) this.#ports.post({ type: 'sessionEnded' });
    if (code === KEY_REVOKED) this.#ports.post({ type: 'keyRevoked' });
    this.#loseRequests();
    const { receivedMs } = this.#meter.pulse;
    if (receivedMs === 0) return;
    this.#brokeMs ??= receivedMs;
    this.#channels.broke(receivedMs);
    this.#pace.changed();
  }

  /** After a break, once: how it ended. */
  #tellRecovery(): void {
    if (this.#brokeMs === undefined) return;
    const recovery = this.#channels.recovery();
    if (recovery === undefined) return;
    const downMs = this.#ports.nowMs() - this.#brokeMs;
    this.#brokeMs = undefined;
    this.#ports.post({ type: 'recovered', recovery: { ...recovery, downMs, seq: this.#meter.pulse.seq } });
  }

  /** Whoever waits for an answer must hear that this socket will not bring it. */
  #loseRequests(): void {
    if (this.#asked.size === 0) return;
    this.#ports.post({ type: 'lost', ids: [...this.#asked] });
    this.#asked.clear();
  }

  #request(message: RequestMessage): void {
    if (!this.#line.isOpen) {
      this.#ports.post({ type: 'lost', ids: [message.id] });
      return;
    }
    this.#asked.add(message.id);
    this.#line.send(JSON.stringify(message));
  }

  #beat(): void {
    this.#meter.beat(PING_MS);
    if (!this.#line.beat()) return;
    this.#meter.pinged(this.#nextId, this.#ports.elapsedMs());
    this.#send({ op: 'ping' });
    this.#channels.askAgain();
  }

  #send(message: object): number | undefined {
    if (!this.#line.isOpen) return undefined;
    const id = this.#nextId++;
    this.#line.send(JSON.stringify({ id, ...message }));
    return id;
  }

  #handle(message: ServerMessage): void {
    const nowMs = this.#ports.nowMs();
    this.#meter.count();
    switch (message.type) {
      case 'hello':
        this.#line.welcomed();
        this.#meter.welcomed(message.seq, message.timeMs, nowMs);
        this.#link({ state: 'open', build: message.build, isPaused: message.isPaused });
        break;
      case 'heartbeat':
        this.#meter.alive(message.seq, message.timeMs, message.sentMs, nowMs);
        for (const [key, seq] of message.markets) this.#channels.told({ kind: 'market', key }, seq);
        for (const [key, seq] of message.accounts) this.#channels.told({ kind: 'account', key }, seq);
        break;
      case 'pong':
        this.#meter.ponged(message.id, this.#ports.elapsedMs());
        break;
      case 'marketSnapshot':
        this.#channels.marketSnapshot(message);
        break;
      case 'marketDelta':
        this.#channels.marketDelta(message);
        this.#meter.alive(message.seq, message.timeMs, message.sentMs, nowMs);
        break;
      case 'markets':
        for (const mark of message.marks) this.#gathered.marks.set(mark.instrument, mark);
        for (const stat of message.stats) this.#gathered.stats.set(stat.instrument, stat);
        break;
      case 'accountSnapshot':
        this.#channels.accountSnapshot(message);
        break;
      case 'accountDelta':
        this.#channels.accountDelta(message);
        break;
      case 'answer':
      case 'preview':
      case 'largestOrder':
      case 'error':
        this.#replied(message, nowMs);
        return;
      case 'ok':
        this.#channels.taken(message.id, message.seq);
        break;
      default:
        unreachable(message);
    }
    this.#pace.changed(this.#gathered.accounts.length > 0);
    this.#tellRecovery();
  }

  #replied(reply: ReplyMessage, receivedMs: number): void {
    if (this.#asked.delete(reply.id)) return this.#ports.postToHands({ type: 'reply', reply, receivedMs });
    if (reply.type === 'error') this.#channels.refused(reply.id);
    // One of our own subscriptions: an account is shown only to who is signed in.
    if (reply.type === 'error' && reply.error.code === 'session.required')
      this.#ports.post({ type: 'sessionEnded' });
  }

  #link(link: Link): void {
    this.#ports.post({ type: 'link', link });
  }
}
