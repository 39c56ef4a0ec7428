import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { ServerMessage } from '../engine/protocol/stream.ts';
import { STALL_MS, type Stall, TICK_MS } from './sighting.ts';

/**
 * What becomes of a message of the desk on its way to the page: none is a loss, two are a duplicate.
 * `send` may also be kept and called later.
 */
export type Passage = (message: ServerMessage, send: (message: ServerMessage) => void) => void;

/** A line between browser and desk that a test can trouble. */
export interface Relay {
  /** Where the page finds the desk through it. */
  readonly origin: string;
  /** How messages pass from now on; undefined: all of them, as they are. */
  passage: Passage | undefined;
  /** What the page says on its streams is lost; what the desk says passes. */
  isDeaf: boolean;
  /** Told of each stream that opens, with the way to its page. */
  onStream: ((send: (message: ServerMessage) => void) => void) | undefined;
  /** When the machine did not run it, so that nothing could pass. */
  readonly stalls: readonly Stall[];
  /** The network is gone: nothing passes, nothing is answered and no socket hears of it. */
  cut(): void;
  /** The network is back; what was on the way is lost. */
  mend(): void;
  close(): Promise<void>;
}

/** Loopback only. Pages, requests and the stream pass unchanged unless the test says otherwise. */
export async function startRelay(desk: string): Promise<Relay> {
  const held = new Set<Socket>();
  const sockets = new Set<Socket>();
  let isCut = false;
  let cutCount = 0;
  const stalls: Stall[] = [];
  const ticking = watchSelf(stalls);
  const server = createServer((asked, answer) => (isCut ? hold(asked.socket) : forward(desk, asked, answer)));
  const streams = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const hold = (socket: Socket) => held.add(socket);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, head) => {
    if (isCut) return void hold(socket);
    streams.handleUpgrade(asked, socket, head, (page) => join(asked, page, socket));
  });

  function join(asked: IncomingMessage, page: WebSocket, socket: Socket): void {
    const { host, origin, cookie } = asked.headers;
    const upstream = new WebSocket(`${desk.replace('http', 'ws')}${asked.url}`, {
      perMessageDeflate: false,
      headers: { ...(host && { host }), ...(origin && { origin }), ...(cookie && { cookie }) },
    });
    const together = written(socket);
    const send = (message: ServerMessage) => together(() => page.send(JSON.stringify(message)));
    const early: string[] = [];
    // A socket that is destroyed still hands over what had reached it: a line that was cut once carries nothing more.
    const opened = cutCount;
    const isLost = () => isCut || opened !== cutCount;
    upstream.on('open', () => {
      for (const text of early.splice(0)) upstream.send(text);
      relay.onStream?.(send);
    });
    upstream.on('message', (bytes) => {
      if (isLost()) return;
      if (relay.passage === undefined) page.send(String(bytes));
      else relay.passage(JSON.parse(String(bytes)) as ServerMessage, send);
    });
    page.on('message', (bytes) => {
      if (isLost() || relay.isDeaf) return;
      if (upstream.readyState === WebSocket.OPEN) upstream.send(String(bytes));
      else early.push(String(bytes));
    });
    upstream.on('close', () => (isCut ? hold(socket) : page.close()));
    upstream.on('error', () => upstream.terminate());
    page.on('close', () => upstream.close());
    page.on('error', () => page.terminate());
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: Relay = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passage: undefined,
    isDeaf: false,
    onStream: undefined,
    stalls,
    cut() {
      isCut = true;
      cutCount++;
      for (const socket of sockets) {
        socket.pause();
        hold(socket);
      }
    },
    mend() {
      isCut = false;
      for (const socket of held) socket.destroy();
      held.clear();
    },
    close: () => {
      clearInterval(ticking);
      return ended(server, sockets);
    },
  };
  return relay;
}

/** As a page looks after itself (`sighting.ts`). */
function watchSelf(stalls: Stall[]): NodeJS.Timeout {
  let lastMs = Date.now();
  return setInterval(() => {
    const nowMs = Date.now();
    if (nowMs - lastMs > STALL_MS) stalls.push([lastMs + TICK_MS, nowMs]);
    lastMs = nowMs;
  }, TICK_MS);
}

/** What is sent in one turn leaves in one write: thousands of writes a second would cost more than what they carry. */
function written(socket: Socket): (send: () => void) => void {
  let isCorked = false;
  return (send) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      process.nextTick(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    send();
  };
}

function forward(desk: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, url, headers } = asked;
  const onward = request(`${desk}${url}`, { method, headers }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  asked.pipe(onward);
}

async function ended(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
