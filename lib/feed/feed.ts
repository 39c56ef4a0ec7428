import type { ServerMessage } from '../../engine/protocol/stream.ts';
import { unreachable } from '../../engine/units/assert.ts';
import { backoffMs } from './backoff.ts';
import { Channels } from './channels.ts';
import { createGathered, takeFrame } from './gather.ts';
import type { FromFeed, Link, Pulse, ReplyMessage, RequestMessage, ToFeed } from './messages.ts';

/** Changes are shown together at most this often. */
const CONFLATE_MS = 16;
const PING_MS = 1_000;
/** Close code of the desk: the session this socket spoke for has ended. */
const SESSION_ENDED = 4_401;
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
  close(code: number): void;
}

export interface FeedSocket {
  send(text: string): void;
  close(): void;
}

/** The browser's end of the stream: one socket that reconnects by itself, and a frame for the page every 16 ms. */
export class Feed {
  private readonly ports: FeedPorts;
  private readonly gathered = createGathered();
  private readonly channels = new Channels(this.gathered, (message) => this.send(message));
  /** Requests of the page that wait for their answer. */
  private readonly asked = new Set<number>();
  private readonly pings = new Map<number, number>();
  private socket: FeedSocket | undefined;
  private url = '';
  private isOpen = false;
  private attempt = 0;
  /** Counts sockets, so that the last words of an old one are not taken for the new one's. */
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
        this.open(message.url);
        break;
      case 'close':
        this.stop();
        break;
      case 'watch':
        this.channels.watch(message.channel);
        break;
      case 'unwatch':
        this.channels.unwatch(message.channel);
        break;
      case 'request':
        this.request(message.message);
        break;
      default:
        unreachable(message);
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
      close: (code) => isCurrent() && this.closed(code),
    });
  }

  private opened(): void {
    this.isOpen = true;
    this.pings.clear();
    this.channels.resubscribe();
  }

  private closed(code: number): void {
    if (code === SESSION_ENDED) this.ports.post({ type: 'sessionEnded' });
    this.isOpen = false;
    this.socket = undefined;
    this.loseRequests();
    const delayMs = backoffMs(this.attempt + 1, this.ports.random());
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

  private request(message: RequestMessage): void {
    if (!this.isOpen) {
      this.ports.post({ type: 'lost', ids: [message.id] });
      return;
    }
    this.asked.add(message.id);
    this.socket?.send(JSON.stringify(message));
  }

  private ping(): void {
    if (!this.isOpen) return;
    this.pings.set(this.nextId, this.ports.nowMs());
    this.send({ op: 'ping' });
  }

  private send(message: object): void {
    if (this.isOpen) this.socket?.send(JSON.stringify({ id: this.nextId++, ...message }));
  }

  private handle(message: ServerMessage): void {
    const nowMs = this.ports.nowMs();
    switch (message.type) {
      case 'hello':
        this.attempt = 0;
        // A restarted desk may be behind what the last one said.
        this.pulse = {
          ...this.pulse,
          seq: message.seq,
          timeMs: message.timeMs,
          sentMs: nowMs,
          receivedMs: nowMs,
        };
        this.link({ state: 'open', build: message.build, isPaused: message.isPaused });
        break;
      case 'heartbeat':
        this.alive(message.seq, message.timeMs, message.sentMs);
        break;
      case 'pong':
        this.ponged(message.id, nowMs);
        break;
      case 'marketSnapshot':
        this.channels.marketSnapshot(message, nowMs);
        break;
      case 'marketDelta':
        this.channels.marketDelta(message, nowMs);
        this.alive(message.seq, message.timeMs, message.sentMs);
        break;
      case 'markets':
        for (const mark of message.marks) this.gathered.marks.set(mark.instrument, mark);
        for (const stat of message.stats) this.gathered.stats.set(stat.instrument, stat);
        break;
      case 'accountSnapshot':
        this.channels.accountSnapshot(message);
        break;
      case 'accountDelta':
        this.channels.accountDelta(message, nowMs);
        break;
      case 'answer':
      case 'preview':
      case 'error':
        this.replied(message, nowMs);
        return;
      case 'ok':
        return;
      default:
        unreachable(message);
    }
    this.frameSoon();
  }

  private alive(seq: number, timeMs: number, sentMs: number): void {
    const before = this.pulse;
    this.pulse = {
      seq: Math.max(seq, before.seq),
      timeMs: Math.max(timeMs, before.timeMs),
      sentMs,
      receivedMs: this.ports.nowMs(),
      rttMs: before.rttMs,
    };
  }

  private replied(reply: ReplyMessage, receivedMs: number): void {
    if (this.asked.delete(reply.id)) {
      this.ports.post({ type: 'reply', reply, receivedMs });
      return;
    }
    // One of our own subscriptions: an account is shown only to who is signed in.
    if (reply.type === 'error' && reply.error.code === 'session.required')
      this.ports.post({ type: 'sessionEnded' });
  }

  private ponged(id: number, nowMs: number): void {
    const sentMs = this.pings.get(id);
    this.pings.delete(id);
    if (sentMs !== undefined) this.pulse = { ...this.pulse, rttMs: nowMs - sentMs };
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
