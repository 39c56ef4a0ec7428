// Goal: one slow or greedy client harms nobody else. How: a socket that holds its bytes back, and a desk of many markets.
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { sampleDirectory } from '../../api/native/sampleDirectory.ts';
import type { ServerMessage } from '../../protocol/stream.ts';
import { limits } from '../limits.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { MarketFeeds } from './marketFeeds.ts';
import { SocketClient } from './socketClient.ts';
import type { StreamPorts } from './streamPorts.ts';

/** A socket whose other end reads only when it is told to. */
class HeldSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: ServerMessage[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.bufferedAmount += text.length;
    this.sent.push(JSON.parse(text) as ServerMessage);
  }

  terminate(): void {
    this.readyState = 3;
    this.closedWith = 0;
  }

  close(code: number): void {
    this.readyState = 2;
    this.closedWith = code;
  }

  says(message: object): void {
    this.emit('message', Buffer.from(JSON.stringify(message)), false);
  }
}

function open(change: Partial<StreamPorts> = {}) {
  const markets = new MarketFeeds();
  const [market] = sampleDirectory.markets;
  const count = limits.stream.subscriptionsMax + 1;
  markets.list(Array.from({ length: count }, (_, instrument) => ({ ...market!, instrument })));
  const socket = new HeldSocket();
  const nowMs = { value: 0 };
  const ports: StreamPorts = {
    markets,
    build: 'test',
    isPaused: false,
    nowMs: () => nowMs.value,
    take: () => true,
    isLoopbackExempt: () => false,
    maySee: () => false,
    isRevoked: () => false,
    accountFeed: () => {
      throw new Error('nobody is signed in');
    },
    refreshViews: () => {},
    submitSigned: () => Promise.reject(new CallError('engine.busy')),
    previews: {
      preview: () => Promise.reject(new CallError('session.required')),
      largestOrder: () => Promise.reject(new CallError('session.required')),
    },
    flushMarket: () => {},
    ...change,
  };
  const client = new SocketClient(socket as unknown as WebSocket, ports, undefined, '10.0.0.1');
  return { client, socket, markets };
}

const typesOf = (socket: HeldSocket) => socket.sent.map(({ type }) => type);

test('a socket listens to so many channels and no more', () => {
  const { socket } = open();
  for (let instrument = 0; instrument <= limits.stream.subscriptionsMax; instrument++) {
    socket.says({ op: 'subscribe', id: instrument, channel: 'market', instrument });
  }
  expect(socket.sent.at(-1)).toMatchObject({
    type: 'error',
    error: { code: 'request.tooManySubscriptions' },
  });
});

test('a market is conflated for a slow reader: skipped deltas, then one snapshot', () => {
  const { client, socket } = open();
  socket.says({ op: 'subscribe', id: 1, channel: 'market', instrument: 0 });
  socket.sent.length = 0;
  socket.bufferedAmount = limits.stream.conflateAboveBytes + 1;
  for (let k = 0; k < 1_000; k++) client.sendMarket(0, '{"type":"marketDelta"}');
  client.catchUp();
  expect(typesOf(socket)).toEqual([]);
  socket.bufferedAmount = 0;
  client.sendMarket(0, '{"type":"marketDelta"}');
  expect(typesOf(socket)).toEqual([]);
  client.catchUp();
  expect(typesOf(socket)).toEqual(['marketSnapshot']);
  client.sendMarket(0, '{"type":"marketDelta"}');
  expect(typesOf(socket)).toEqual(['marketSnapshot', 'marketDelta']);
});

test('a reader too slow for its own orders and fills is let go', () => {
  const { client, socket } = open();
  socket.bufferedAmount = limits.stream.bufferBytesMax + 1;
  client.sendText('{"type":"accountDelta"}');
  expect(socket.closedWith).toBe(0);
  expect(typesOf(socket)).toEqual([]);
});

test('an answer from elsewhere keeps its id, and its refusal its code', async () => {
  const { socket } = open();
  const envelope = { text: '{}', agent: 'ab'.repeat(32), signature: '00'.repeat(64) };
  socket.says({ op: 'command', id: 77, envelope });
  await new Promise(setImmediate);
  expect(socket.sent).toMatchObject([{ type: 'error', id: 77, error: { code: 'engine.busy' } }]);
});

test('requests that wait for their answer are counted', async () => {
  const { socket } = open({ submitSigned: () => new Promise(() => {}) });
  const envelope = { text: '{}', agent: 'ab'.repeat(32), signature: '00'.repeat(64) };
  for (let id = 0; id <= limits.stream.waitingMax; id++) socket.says({ op: 'command', id, envelope });
  expect(socket.sent).toMatchObject([{ id: limits.stream.waitingMax, error: { code: 'request.tooMany' } }]);
});

test('who sends nothing but nonsense is closed when the bucket is empty', () => {
  const { socket } = open({ take: () => false });
  socket.emit('message', Buffer.from('nonsense'), false);
  expect(socket.closedWith).toBe(4_429);
});

test('bytes are not text', () => {
  const { socket } = open();
  socket.emit('message', Buffer.from('{"op":"ping","id":1}'), true);
  expect(socket.sent).toMatchObject([{ type: 'error', error: { code: 'request.malformed' } }]);
});

test('a question for the most with a size, a bound that is none, or no order is not read', () => {
  const { socket } = open();
  const terms = { account: 8, instrument: 'BTC-PERP', side: 'buy', type: 'market' };
  const order = { type: 'PlaceOrder', order: terms };
  const bad = [
    ...[0, -1, 0.5, 2 ** 31, '5', null].map((lotsMax) => ({ order, lotsMax })),
    { order: { type: 'PlaceOrder', order: { ...terms, size: '1' } } },
    { order: { type: 'CancelAll', account: 8 } },
    {},
  ];
  for (const message of bad) socket.says({ op: 'largestOrder', id: 1, ...message });
  // What cannot be read has no id to answer to.
  const refusal = { type: 'error', id: 0, error: { code: 'request.malformed' } };
  expect(socket.sent).toMatchObject(bad.map(() => refusal));
});
