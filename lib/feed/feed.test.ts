import { beforeEach, expect, test } from 'vitest';
import { errorView } from '../../engine/protocol/errors.ts';
import type { HeartbeatMessage, ServerMessage } from '../../engine/protocol/stream.ts';
import type { AccountView } from '../../engine/protocol/views/account.ts';
import type { MarginBookView } from '../../engine/protocol/views/marginBook.ts';
import type { MarketStatsView } from '../../engine/protocol/views/market.ts';
import type { BookFrame } from './bookFrame.ts';
import { Feed, type FeedPorts } from './feed.ts';
import type { SocketEvents } from './line.ts';
import type { FeedFrame, FromFeed } from './messages.ts';
import { unpacked } from './packedBook.ts';

/** A desk made of variables: the test is the server, the clock and the page. */
class FakeDesk {
  nowMs = 1_000;
  timers: { atMs: number; run: () => void }[] = [];
  sockets: {
    on: SocketEvents;
    sent: { op: string; id: number; [key: string]: unknown }[];
    isClosed: boolean;
  }[] = [];
  posted: FromFeed[] = [];
  toHands: FromFeed[] = [];
  beat = () => {};
  readonly feed: Feed;

  constructor() {
    const ports: FeedPorts = {
      nowMs: () => this.nowMs,
      elapsedMs: () => this.nowMs,
      after: (delayMs, run) => void this.timers.push({ atMs: this.nowMs + delayMs, run }),
      every: (_, run) => {
        this.beat = run;
      },
      random: () => 0,
      connect: (_, on) => {
        const socket = { on, sent: [] as { op: string; id: number }[], isClosed: false };
        this.sockets.push(socket);
        return {
          send: (text) => void socket.sent.push(JSON.parse(text)),
          close: () => {
            socket.isClosed = true;
          },
        };
      },
      post: (message) => void this.posted.push(message),
      postToHands: (message) => void this.toHands.push(message),
    };
    this.feed = new Feed(ports);
  }

  get socket() {
    return this.sockets.at(-1)!;
  }

  pass(ms: number): void {
    this.nowMs += ms;
    const due = this.timers.filter(({ atMs }) => atMs <= this.nowMs);
    this.timers = this.timers.filter(({ atMs }) => atMs > this.nowMs);
    for (const { run } of due) run();
  }

  say(message: ServerMessage): void {
    this.socket.on.message(JSON.stringify(message));
  }

  frames(): FeedFrame[] {
    this.pass(16);
    return this.posted.splice(0).flatMap((message) => (message.type === 'frame' ? [message.frame] : []));
  }

  open(): void {
    this.feed.receive({ op: 'open', url: 'ws://desk' });
    this.socket.on.open();
    this.say({ type: 'hello', seq: 10, timeMs: 900, build: 'b', isPaused: false });
  }
}

function bookOf(frame: FeedFrame | undefined): BookFrame | undefined {
  const book = frame?.books[0];
  return book && unpacked(book);
}

const stats = { instrument: 3 } as MarketStatsView;

function snapshot(seq: number): ServerMessage {
  return {
    type: 'marketSnapshot',
    market: { instrument: 3, seq, bids: [[100, 5, 1]], asks: [[101, 5, 1]], trades: [], mark: null, stats },
  };
}

function delta(prevSeq: number, seq: number, levels: [0 | 1, number, number, number][]): ServerMessage {
  return { type: 'marketDelta', instrument: 3, prevSeq, seq, timeMs: 950, sentMs: 1_000, levels, trades: [] };
}

function heartbeat(words: Partial<HeartbeatMessage> = {}): ServerMessage {
  return { type: 'heartbeat', seq: 10, timeMs: 950, sentMs: 1_000, markets: [], accounts: [], ...words };
}

let desk: FakeDesk;
beforeEach(() => {
  desk = new FakeDesk();
  desk.feed.receive({ op: 'watch', channel: { kind: 'market', key: 3 } });
  desk.open();
});

test('a frame leaves on time also when its timer waits behind a line of messages', () => {
  desk.say(snapshot(10));
  desk.posted.length = 0;
  desk.nowMs += 3;
  desk.say(delta(10, 11, [[0, 99, 7, 1]]));
  expect(desk.posted).toEqual([]);
  desk.nowMs += 3;
  desk.say(delta(11, 12, [[0, 98, 7, 1]]));
  expect(desk.posted).toMatchObject([{ type: 'frame', frame: { books: [{ seq: 12 }] } }]);
  // The timer finds nothing left to send.
  desk.posted.length = 0;
  expect(desk.frames()).toEqual([]);
});

test('what the page would not draw yet leaves together, in time for it', () => {
  desk.say(snapshot(10));
  desk.frames();
  desk.say(delta(10, 11, [[0, 99, 7, 1]]));
  desk.feed.receive({ op: 'drawn', restMs: 33 });
  desk.pass(22);
  desk.say(delta(11, 12, [[0, 98, 7, 1]]));
  expect(desk.posted).toEqual([]);
  desk.pass(1);
  expect(desk.posted).toMatchObject([{ type: 'frame', frame: { books: [{ seq: 12 }] } }]);
  // What comes after that may still be drawn.
  desk.posted.length = 0;
  desk.say(delta(12, 13, [[0, 97, 7, 1]]));
  desk.pass(4);
  expect(desk.posted).toMatchObject([{ type: 'frame', frame: { books: [{ seq: 13 }] } }]);
});

test("what is one's own does not wait until the page draws", () => {
  desk.feed.receive({ op: 'watch', channel: { kind: 'account', key: 7 } });
  desk.say(snapshot(10));
  desk.frames();
  desk.feed.receive({ op: 'drawn', restMs: 33 });
  desk.say(delta(10, 11, [[0, 99, 7, 1]]));
  desk.say({
    type: 'accountSnapshot',
    account: { account: 7, seq: 11 } as AccountView,
    book: {} as MarginBookView,
    fills: [],
  });
  desk.pass(4);
  expect(desk.posted).toMatchObject([{ type: 'frame', frame: { books: [{ seq: 11 }], accounts: [{}] } }]);
});

test('many deltas within 4 ms are one frame with the last book', () => {
  desk.say(snapshot(10));
  desk.say(delta(10, 11, [[0, 99, 7, 1]]));
  desk.say(delta(11, 12, [[0, 100, 0, 0]]));
  desk.say(delta(12, 13, [[1, 100, 2, 1]]));
  const frames = desk.frames();
  expect(frames).toHaveLength(1);
  expect(bookOf(frames[0])).toMatchObject({
    bids: [[99, 7, 1]],
    asks: [
      [100, 2, 1],
      [101, 5, 1],
    ],
    seq: 13,
  });
});

test('a gap is not bridged: a snapshot is asked for and the book says so until it comes', () => {
  desk.say(snapshot(10));
  desk.frames();
  desk.say(delta(12, 13, [[0, 99, 7, 1]]));
  expect(desk.socket.sent.slice(-2).map(({ op, resumeSeq }) => [op, resumeSeq])).toEqual([
    ['unsubscribe', undefined],
    ['subscribe', undefined],
  ]);
  expect(desk.frames()[0]?.channels).toMatchObject([{ isCurrent: false, resyncs: 1 }]);
  desk.say(delta(13, 14, [[0, 99, 7, 1]]));
  expect(desk.frames()[0]?.books).toEqual([]);
  desk.say(snapshot(15));
  desk.say(delta(13, 14, [[0, 98, 1, 1]]));
  const [frame] = desk.frames();
  expect(bookOf(frame)).toMatchObject({ bids: [[100, 5, 1]], seq: 15 });
  expect(frame?.channels).toMatchObject([{ isCurrent: true, resyncs: 0 }]);
});

test('after a break each channel resumes at its last sequence', () => {
  desk.say(snapshot(10));
  desk.say(delta(10, 11, []));
  desk.socket.on.close(1_006);
  desk.pass(250);
  expect(desk.sockets).toHaveLength(2);
  desk.socket.on.open();
  expect(desk.socket.sent).toMatchObject([
    { op: 'subscribe', channel: 'market', instrument: 3, resumeSeq: 11 },
  ]);
  desk.say(delta(11, 12, [[0, 100, 9, 2]]));
  expect(bookOf(desk.frames().at(-1))).toMatchObject({ bids: [[100, 9, 2]], seq: 12 });
});

test('after a break the book is held until what was promised came, and how it came is told', () => {
  desk.say(snapshot(10));
  desk.frames();
  desk.nowMs += 100;
  desk.socket.on.close(1_006);
  expect(desk.frames().at(-1)?.channels).toMatchObject([{ isCurrent: false, sinceMs: 1_000 }]);
  desk.pass(250);
  desk.socket.on.open();
  desk.say({ type: 'ok', id: desk.socket.sent.at(-1)!.id, seq: 12 });
  desk.say(delta(10, 11, [[0, 100, 9, 2]]));
  expect(desk.frames().at(-1)?.channels).toEqual([]);
  desk.say(delta(11, 12, [[0, 100, 8, 2]]));
  const recovered = desk.posted.find((message) => message.type === 'recovered');
  expect(recovered).toMatchObject({
    recovery: { resumed: [{ kind: 'market', key: 3 }], resynced: [], downMs: 398 },
  });
  expect(desk.frames().at(-1)?.channels).toMatchObject([{ isCurrent: true }]);
});

test('a desk that no longer has what was missed sends a snapshot, and that is told too', () => {
  desk.say(snapshot(10));
  desk.socket.on.close(1_006);
  desk.pass(250);
  desk.socket.on.open();
  desk.say({ type: 'ok', id: desk.socket.sent.at(-1)!.id, seq: 90 });
  desk.say(snapshot(90));
  expect(desk.posted.find((message) => message.type === 'recovered')).toMatchObject({
    recovery: { resumed: [], resynced: [{ kind: 'market', key: 3 }] },
  });
});

test('the last message before a quiet spell was lost: the heartbeat gives it away', () => {
  desk.say(snapshot(10));
  desk.frames();
  desk.say(heartbeat({ markets: [[3, 10]] }));
  expect(desk.socket.sent.at(-1)?.op).toBe('subscribe');
  expect(desk.frames()[0]?.channels).toEqual([]);
  desk.say(heartbeat({ markets: [[3, 11]] }));
  expect(desk.socket.sent.slice(-2).map(({ op }) => op)).toEqual(['unsubscribe', 'subscribe']);
  expect(desk.frames()[0]?.channels).toMatchObject([{ isCurrent: false, resyncs: 1 }]);
});

test('a snapshot that the desk says it has sent, and that did not come, is asked for again at that heartbeat', () => {
  const isTaken = () => desk.say({ type: 'ok', id: desk.socket.sent.at(-1)!.id, seq: 10 });
  isTaken();
  desk.say(heartbeat({ markets: [] }));
  expect(desk.socket.sent.map(({ op }) => op)).toEqual(['subscribe']);
  desk.say(heartbeat({ markets: [[3, 10]] }));
  expect(desk.socket.sent.map(({ op }) => op)).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
  // Said before the desk took the new one: it is of the old.
  desk.say(heartbeat({ markets: [[3, 10]] }));
  expect(desk.socket.sent).toHaveLength(3);
  isTaken();
  desk.say(snapshot(11));
  desk.say(heartbeat({ markets: [[3, 11]] }));
  expect(desk.socket.sent).toHaveLength(3);
  expect(desk.frames().at(-1)?.channels).toMatchObject([{ isCurrent: true, resyncs: 0 }]);
});

test('a message that comes twice, or an old snapshot that comes late, changes nothing', () => {
  desk.say(snapshot(10));
  desk.say(delta(10, 11, [[0, 100, 7, 1]]));
  desk.say(delta(10, 11, [[0, 100, 7, 1]]));
  desk.say(snapshot(10));
  expect(bookOf(desk.frames()[0])).toMatchObject({ bids: [[100, 7, 1]], seq: 11 });
  expect(desk.socket.sent.map(({ op }) => op)).toEqual(['subscribe']);
});

test('a snapshot that never comes is asked for again', () => {
  desk.beat();
  expect(desk.socket.sent.map(({ op }) => op)).toEqual(['subscribe', 'ping']);
  desk.nowMs += 2_000;
  desk.beat();
  expect(desk.socket.sent.map(({ op }) => op)).toEqual(['subscribe', 'ping', 'ping']);
  desk.nowMs += 1;
  desk.beat();
  expect(desk.socket.sent.slice(-2).map(({ op }) => op)).toEqual(['unsubscribe', 'subscribe']);
});

test('a socket that says it is open and brings nothing is left after three silent beats', () => {
  desk.say(snapshot(10));
  for (let beat = 0; beat < 3; beat++) desk.beat();
  expect(desk.socket.isClosed).toBe(false);
  desk.beat();
  expect(desk.socket.isClosed).toBe(true);
  desk.pass(250);
  expect(desk.sockets).toHaveLength(2);
});

test('a try that gets no answer is given up, and the network coming back is tried at once', () => {
  desk.socket.on.close(1_006);
  desk.pass(250);
  expect(desk.sockets).toHaveLength(2);
  desk.pass(4_000);
  expect(desk.socket.isClosed).toBe(true);
  desk.feed.receive({ op: 'online' });
  expect(desk.sockets).toHaveLength(3);
});

test('messages that waited somewhere say how late they are', () => {
  desk.say(heartbeat({ sentMs: 1_000 }));
  desk.nowMs += 5_000;
  desk.say(heartbeat({ sentMs: 2_000 }));
  expect(desk.frames().at(-1)?.pulse.delayMs).toBe(4_000);
});

test('tries again later and later, and forgets that once the desk speaks', () => {
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    desk.socket.on.close(1_006);
    const last = desk.posted.findLast((message) => message.type === 'link');
    if (last?.type === 'link' && last.link.state === 'waiting') waits.push(last.link.retryAtMs - desk.nowMs);
    desk.pass(5_000);
  }
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  desk.say({ type: 'hello', seq: 1, timeMs: 1, build: 'b', isPaused: false });
  desk.socket.on.close(1_006);
  expect(desk.posted.at(-1)).toMatchObject({ link: { state: 'waiting', retryAtMs: desk.nowMs + 250 } });
});

test('whoever waits for an answer hears that the socket broke', () => {
  const message = { op: 'preview', id: 8, draft: {} } as never;
  desk.feed.receive({ op: 'request', message });
  desk.posted.length = 0;
  desk.socket.on.close(1_006);
  expect(desk.posted[0]).toEqual({ type: 'lost', ids: [8] });
  desk.feed.receive({ op: 'request', message });
  expect(desk.posted.at(-1)).toEqual({ type: 'lost', ids: [8] });
});

test('what hands ask and what became of a command is answered past the news', () => {
  const order = { op: 'previewOperations', id: 3, operations: [] } as never;
  desk.feed.receive({ op: 'request', message: order });
  desk.feed.receive({ op: 'request', message: { op: 'command', id: 4, envelope: {} } as never });
  desk.posted.length = 0;
  desk.say({ type: 'error', id: 3, error: errorView('order.priceOffTick') });
  desk.say({ type: 'error', id: 4, error: errorView('order.priceOffTick') });
  expect(desk.toHands.map((message) => message.type === 'reply' && message.reply.id)).toEqual([3, 4]);
  expect(desk.posted).toEqual([]);
});

test('an old socket that speaks after a new one was opened is not heard', () => {
  const old = desk.socket;
  desk.feed.receive({ op: 'open', url: 'ws://desk' });
  expect(old.isClosed).toBe(true);
  desk.posted.length = 0;
  old.on.message(JSON.stringify(snapshot(10)));
  old.on.close(1_006);
  expect(desk.posted).toEqual([]);
});

test('a ping measures the round trip', () => {
  desk.beat();
  const id = desk.socket.sent.at(-1)!.id;
  desk.nowMs += 4;
  desk.say({ type: 'pong', id, seq: 12, timeMs: 1_000 });
  expect(desk.frames().at(-1)?.pulse.rttMs).toBe(4);
});

test('a desk that was started anew may be behind the old one', () => {
  desk.say(heartbeat({ seq: 50, timeMs: 5_000, sentMs: 5_000 }));
  desk.socket.on.close(1_006);
  desk.pass(250);
  desk.socket.on.open();
  desk.say({ type: 'hello', seq: 7, timeMs: 700, build: 'b', isPaused: false });
  expect(desk.frames().at(-1)?.pulse).toMatchObject({ seq: 7, timeMs: 700 });
});

test('a revoked key is told to the page, which stays signed in', () => {
  desk.posted.length = 0;
  desk.socket.on.close(4_403);
  const types = desk.posted.map(({ type }) => type);
  expect(types).toContain('keyRevoked');
  expect(types).not.toContain('sessionEnded');
});

test('a session that ended is told to the page, by close code or by a refused account', () => {
  desk.posted.length = 0;
  desk.say({ type: 'error', id: 1_000_000_001, error: errorView('session.required') });
  desk.socket.on.close(4_401);
  expect(desk.posted.filter(({ type }) => type === 'sessionEnded')).toHaveLength(2);
});
