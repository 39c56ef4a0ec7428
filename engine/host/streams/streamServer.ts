import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { limits } from '../limits.ts';
import type { Session } from '../sessions/session.ts';
import { SocketClient } from './socketClient.ts';
import type { StreamPorts } from './streamPorts.ts';

/** All sockets of the native stream, and the clocks that drive them. */
export class StreamServer {
  readonly #ports: StreamPorts;
  readonly #clients = new Set<SocketClient>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.stream.messageBytesMax,
    perMessageDeflate: false,
    clientTracking: false,
  });
  #timers: NodeJS.Timeout[] = [];

  constructor(ports: Omit<StreamPorts, 'flushMarket'>) {
    this.#ports = { ...ports, flushMarket: (instrument) => this.#flushMarket(instrument) };
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  isSessionInUse(sessionId: string): boolean {
    for (const { session } of this.#clients) if (session?.id === sessionId) return true;
    return false;
  }

  start(): void {
    const every = (intervalMs: number, run: () => void) => this.#timers.push(setInterval(run, intervalMs));
    every(limits.stream.flushIntervalMs, () => this.#flush());
    every(limits.stream.heartbeatIntervalMs, () => this.#heartbeat());
    every(limits.stream.viewIntervalMs, () => this.#ports.refreshViews());
    every(limits.stream.marketsIntervalMs, () => this.#sendOverviews());
    every(limits.stream.pingIntervalMs, () => this.#pingAll());
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const client of this.#clients) client.close('stopping');
  }

  /** Whether another socket from this address would be one too many. */
  isFull(address: string): boolean {
    if (this.#clients.size >= limits.stream.socketsMax) return true;
    if (this.#ports.isLoopbackExempt(address)) return false;
    let count = 0;
    for (const client of this.#clients) if (client.address === address) count += 1;
    return count >= limits.stream.socketsPerAddressMax;
  }

  /** Takes over an upgrade whose host, origin and ticket were checked. */
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    session: Session | undefined,
    address: string,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) =>
      this.#opened(webSocket, session, address),
    );
  }

  /** A session has ended: whoever spoke for it is cut off. */
  endSession(sessionId: string): void {
    for (const client of this.#clients) if (client.session?.id === sessionId) client.close('sessionEnded');
  }

  /** Names changed: a membership may be gone, or a key. */
  recheck(): void {
    for (const client of this.#clients) client.recheck();
  }

  #opened(webSocket: WebSocket, session: Session | undefined, address: string): void {
    const client = new SocketClient(webSocket, this.#ports, session, address);
    this.#clients.add(client);
    webSocket.on('close', () => {
      this.#clients.delete(client);
      client.leaveAll();
    });
    const { markets, build, isPaused } = this.#ports;
    client.send({ type: 'hello', seq: markets.seq, timeMs: markets.timeMs, build, isPaused });
  }

  #flush(): void {
    for (const { instrument } of this.#ports.markets.all) this.#flushMarket(instrument);
    for (const client of this.#clients) client.catchUp();
  }

  #flushMarket(instrument: number): void {
    const { markets, nowMs } = this.#ports;
    const delta = markets.feed(instrument)?.flush(markets.seq, markets.timeMs, nowMs());
    if (delta === undefined) return;
    for (const client of this.#clients) client.sendMarket(instrument, delta);
  }

  #heartbeat(): void {
    if (this.#clients.size === 0) return;
    const { seq, timeMs } = this.#ports.markets;
    const sentMs = this.#ports.nowMs();
    for (const client of this.#clients) client.sendHeartbeat({ seq, timeMs, sentMs });
  }

  #sendOverviews(): void {
    const watching = [...this.#clients].filter(({ hasOverview }) => hasOverview);
    if (watching.length === 0) return;
    const text = JSON.stringify(this.#ports.markets.overview());
    for (const client of watching) client.sendText(text);
  }

  #pingAll(): void {
    const silentSinceMs = this.#ports.nowMs() - limits.stream.silenceMsMax;
    for (const client of this.#clients) {
      if (client.lastHeardMs < silentSinceMs) client.terminate();
      else client.ping();
    }
  }
}
